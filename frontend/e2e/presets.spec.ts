import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { createGroup } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a split is kept as a template, applied in one tap, and made the default', async ({
      page,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Flat', ['Ben'])
      const group = new URL(page.url()).pathname
      const form = page.getByRole('dialog', { name: 'Add an expense' })
      await page.goto(`${group}?dialog=expense`)
      await form.getByLabel('What was it for?').fill('Groceries')
      await form.getByLabel('Amount', { exact: true }).fill('50')
      await form.getByRole('button', { name: 'Split equally' }).click()
      await form.getByRole('radio', { name: 'Percent' }).check()
      await form.getByLabel('You: percent').fill('60')
      await form.getByLabel('Ben: percent').fill('40')
      await form.getByRole('button', { name: 'Save as a template' }).click()
      await expectAccessible(page)
      await form.getByRole('button', { name: 'Save template' }).click()
      const templates = form.getByRole('list', { name: 'Templates' })
      await expect(templates).toHaveText('Groceries')
      await form.getByRole('button', { name: 'Add expense' }).click()
      await expect(form).toBeHidden()

      // The next time it is one tap and an amount.
      await page.goto(`${group}?dialog=expense`)
      await templates.getByRole('button', { name: 'Groceries' }).click()
      await form.getByLabel('Amount', { exact: true }).fill('100')
      await expect(form.getByText('€60.00')).toBeVisible()
      await expectAccessible(page)
      await form.getByRole('button', { name: 'Add expense' }).click()
      await expect(page.getByRole('link', { name: /Groceries/ })).toHaveCount(2)

      // As the default, every new expense begins with it.
      await page.goto(`${group}/settings`)
      const settings = page.getByRole('region', { name: 'Templates' })
      await expect(settings).toContainText('You 60%, Ben 40%')
      await settings.getByRole('button', { name: 'Change the template Groceries' }).click()
      await settings.getByLabel('Paid by').selectOption('Ben')
      await settings.getByRole('switch', { name: 'In every new expense' }).check()
      await expectAccessible(page)
      await settings.getByRole('button', { name: 'Save template' }).click()
      await expect(settings).toContainText('in every new expense')
      await page.goto(`${group}?dialog=expense`)
      await expect(form.getByRole('button', { name: 'Paid by Ben' })).toBeVisible()
      await expect(form.getByRole('button', { name: 'Split by percent' })).toBeVisible()
    })
  })
}
