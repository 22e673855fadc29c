import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('an expense is repeated every month, paused and removed', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Flat', ['Ben'])
      await addExpense(page, 'Rent', '900')
      await page.getByRole('link', { name: /Rent/ }).click()
      await page.getByRole('link', { name: 'Repeat' }).click()
      const dialog = page.getByRole('dialog', { name: 'Repeat' })
      await expect(dialog.getByLabel('First on')).toHaveValue(/^\d{4}-\d{2}-\d{2}$/)
      await expectAccessible(page)
      await dialog.getByRole('button', { name: 'Repeat' }).click()
      await expect(dialog).toBeHidden()

      const group = new URL(page.url()).pathname
      await page.goto(`${group}/settings`)
      const recurring = page.getByRole('region', { name: 'Recurring expenses' })
      await expect(recurring).toContainText('Rent')
      await expect(recurring).toContainText('Every month · next on')
      await expect(recurring).toContainText(/a month on average/)

      // What is still to be entered is changed, and ends after a year.
      await recurring.getByRole('button', { name: 'Edit' }).click()
      await recurring.getByLabel('Amount').fill('950')
      await recurring.getByLabel('How many times').fill('12')
      await expectAccessible(page)
      await recurring.getByRole('button', { name: 'Save changes' }).click()
      await expect(recurring).toContainText('€950.00')
      await expect(recurring).toContainText('12 times altogether')
      await recurring.getByRole('button', { name: 'Pause' }).click()
      await expect(recurring).toContainText('Every month · paused')
      await expectAccessible(page)
      await recurring.getByRole('button', { name: 'Remove' }).click()
      await expect(recurring).toBeHidden()
    })
  })
}
