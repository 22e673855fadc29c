import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { createGroup, openTab } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

// Reports follow events, a little behind the ledger.
const CAUGHT_UP = { timeout: 25_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a group has a category of its own, in the form, the list and the report', async ({
      page,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Ericeira', ['Ben'])
      const group = new URL(page.url()).pathname
      await page.goto(`${group}/settings`)
      const categories = page.getByRole('region', { name: 'Categories' })
      await categories.getByRole('button', { name: 'Add a category' }).click()
      await categories.getByLabel('Name').fill('Surf lessons')
      await categories.getByRole('radio', { name: '🏄' }).check()
      await categories.getByRole('radio', { name: 'Blue' }).check()
      await expectAccessible(page)
      await categories.getByRole('button', { name: 'Save category' }).click()
      await expect(categories.getByRole('listitem')).toHaveText(/🏄.*Surf lessons/)
      await expectAccessible(page)

      await page.goto(`${group}?dialog=expense`)
      const form = page.getByRole('dialog', { name: 'Add an expense' })
      await form.getByLabel('What was it for?').fill('Boards')
      await form.getByLabel('Amount', { exact: true }).fill('60')
      await form.getByRole('button', { name: /Today/ }).click()
      await form.getByLabel('Category').selectOption({ label: 'Surf lessons' })
      await form.getByRole('button', { name: 'Add expense' }).click()
      const row = page.getByRole('link', { name: /Boards/ })
      await expect(row).toContainText('🏄')
      await row.click()
      await expect(page.getByRole('dialog', { name: 'Boards' })).toContainText('Surf lessons')
      await page.getByRole('button', { name: 'Close' }).click()

      await openTab(page, 'Insights')
      const mark = page.getByRole('link', { name: /^Surf lessons/ })
      await expect(mark).toContainText('€60.00', CAUGHT_UP)
      await mark.click()
      await expect(
        page.getByRole('button', { name: 'Remove the filter Surf lessons' }),
      ).toBeVisible()
      await expect(page.getByRole('link', { name: /Boards/ })).toBeVisible()
      await expectAccessible(page)
    })
  })
}
