import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, groupPath, together } from './group'
import { SIZES } from './sizes'

// What is spent follows events, a little behind the ledger.
const CAUGHT_UP = { timeout: 25_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a group sets a budget, and everybody hears when it is nearly spent', async ({
      page,
      browser,
    }) => {
      const ben = await together(page, browser)
      await page.goto(`${groupPath(page)}/insights`)
      const budgets = page.getByRole('region', { name: 'Budgets' })
      await budgets.getByRole('button', { name: 'Set a budget' }).click()
      await budgets.getByLabel('For').selectOption({ label: 'Eating out' })
      await budgets.getByLabel('Limit per month').fill('100')
      await expectAccessible(page)
      await budgets.getByRole('button', { name: 'Save budget' }).click()
      await expect(budgets.getByRole('listitem')).toContainText('€0.00 / €100.00')

      await ben.goto('/activity')
      await expect(ben.getByRole('main').getByRole('link', { name: 'Notifications' })).toBeVisible()
      await page.goto(groupPath(page))
      await addExpense(page, 'Pizza', '85', 'dining')
      await page.goto(`${groupPath(page)}/insights`)
      await expect(budgets.getByRole('listitem')).toContainText('nearly spent', CAUGHT_UP)
      await expect(budgets.getByRole('listitem')).toContainText('€85.00 / €100.00')
      await expectAccessible(page)

      const bell = ben.getByRole('main').getByRole('link', { name: /^Notifications, 2 not read/ })
      await bell.click(CAUGHT_UP)
      const warning = ben.getByRole('main').getByRole('link', { name: /budget nearly spent/ })
      await expect(warning).toContainText('€85.00 of €100.00')
      await warning.click()
      const seen = ben.getByRole('region', { name: 'Budgets' })
      await seen.getByRole('button', { name: 'Remove the budget: Eating out' }).click()
      await expect(seen.getByRole('listitem')).toHaveCount(0)
    })
  })
}
