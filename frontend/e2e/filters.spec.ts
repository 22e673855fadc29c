import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('expenses are found by what was spent, on what, and by whom', async ({ page }) => {
      test.slow()
      await signUp(page, 'Ada')
      await createGroup(page, 'Flat', ['Jonas'])
      for (let number = 1; number <= 8; number += 1)
        await addExpense(page, `Milk ${number}`, `${number}`)
      await addExpense(page, 'Train', '80', 'transport')
      await addExpense(page, 'Opera', '120', 'entertainment')

      const list = page.getByRole('main')
      const rows = list.getByRole('link', { name: /(Milk|Train|Opera).*you lent/ })
      await expect(rows).toHaveCount(10)
      await page.reload()
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      const filters = page.getByRole('region', { name: 'Filters' })
      await filters.getByLabel('At least').fill('50')
      await expect(rows).toHaveCount(2)
      await filters.getByLabel('Category').selectOption({ label: 'Transport' })
      await expect(rows).toHaveCount(1)
      await expect(rows).toHaveText([/Train/])
      await filters.getByLabel('Who paid').selectOption({ label: 'Jonas' })
      await expect(page.getByText('No expense fits this search.')).toBeVisible()
      await expectAccessible(page)

      await page.getByRole('button', { name: 'Remove the filter Transport' }).click()
      await page.getByRole('button', { name: /^Remove the filter.*Jonas/ }).click()
      await expect(rows).toHaveCount(2)

      // The search narrows what the filter leaves, and the address keeps the filter.
      await page.getByLabel('Search expenses').fill('ope')
      await expect(rows).toHaveText([/Opera/])
      await page.reload()
      await expect(rows).toHaveCount(2)

      await page.goto('/expenses')
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await page.getByRole('region', { name: 'Filters' }).getByLabel('At most').fill('100')
      await page.getByLabel('Search expenses').fill('tra')
      await expect(rows).toHaveCount(1)
      await expect(rows).toHaveText([/Train/])
    })
  })
}
