import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

// Reports follow events, and are asked for again after ten seconds.
const CAUGHT_UP = { timeout: 25_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a mark of a chart opens the expenses behind it', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Trip', ['Ben'])
      await addExpense(page, 'Fuel', '100')
      await addExpense(page, 'Pizza', '30')
      const group = new URL(page.url()).pathname
      await page.goto(`${group}/insights`)
      const report = page.getByRole('region', { name: 'Spending in EUR' })
      await expect(report).toContainText('€130.00', CAUGHT_UP)
      await expectAccessible(page)

      await report.getByRole('link', { name: /Eating out/ }).focus()
      await page.keyboard.press('Enter')
      const list = page.getByRole('main')
      await expect(list.getByRole('link', { name: /Pizza/ })).toBeVisible()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeHidden()
      await expect(page).toHaveURL(/\?category=dining$/)
      await expectAccessible(page)

      // An expense opens over the narrowed list, which is there again after it.
      await list.getByRole('link', { name: /Pizza/ }).click()
      await expect(page.getByRole('dialog', { name: 'Pizza' })).toBeVisible()
      await page.goBack()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeHidden()
      await page.getByRole('button', { name: 'Remove the filter Eating out' }).click()
      await expect(list.getByRole('link', { name: /Fuel/ })).toBeVisible()
    })
  })
}
