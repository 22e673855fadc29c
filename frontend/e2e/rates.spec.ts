import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { createGroup } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('an expense in another currency carries a rate, and is shown both ways', async ({
      page,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Zürich', ['Ben'])
      const group = new URL(page.url()).pathname
      await page.goto(`${group}?dialog=expense`)
      const form = page.getByRole('dialog', { name: 'Add an expense' })
      await form.getByLabel('What was it for?').fill('Fondue')
      await form.getByLabel('Amount', { exact: true }).fill('50')
      await form.getByLabel('Currency').selectOption('CHF')
      await form.getByLabel('Rate').fill('1.0732')
      await expect(form.getByText('= €53.66')).toBeVisible()
      await expectAccessible(page)
      await form.getByRole('button', { name: 'Add expense' }).click()
      await page.getByRole('link', { name: /Fondue/ }).click()
      const shown = page.getByRole('dialog', { name: 'Fondue' })
      await expect(shown).toContainText('= €53.66')
      await expect(shown).toContainText('1 CHF = 1.0732 EUR')
      await expect(shown).toContainText('1 EUR = 0.931793 CHF')
      await expectAccessible(page)

      await shown.getByRole('link', { name: 'Edit' }).click()
      const edit = page.getByRole('dialog', { name: 'Edit expense' })
      await edit.getByLabel('Rate').fill('1.08')
      await edit.getByRole('button', { name: 'Save changes' }).click()
      await expect(edit).toBeHidden()
      await expect(shown).toContainText('= €54.00')
    })
  })
}
