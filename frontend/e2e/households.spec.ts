import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, openTab } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a couple settles up as one household', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Alps', ['Ben', 'Cleo'])
      const group = new URL(page.url()).pathname
      await addExpense(page, 'Hut', '30')

      await page.goto(`${group}/settings`)
      const households = page.getByRole('region', { name: 'Households' })
      await households.getByRole('button', { name: 'Add a household' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add a household' })
      await dialog.getByLabel('Name').fill('The Millers')
      await dialog.getByRole('checkbox', { name: 'Ben' }).check()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog.getByText('Choose at least two.')).toBeVisible()
      await expectAccessible(page)
      await dialog.getByRole('checkbox', { name: 'Cleo' }).check()
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog).toBeHidden()
      await expect(households.getByRole('listitem')).toHaveText(/The Millers.*Ben, Cleo/)
      await expectAccessible(page)

      await openTab(page, 'Balances')
      const settlement = page.getByRole('region', { name: 'Settle up' })
      await expect(settlement.getByRole('listitem')).toHaveCount(2)
      await page.getByRole('radio', { name: 'By household' }).check()
      await expect(settlement.getByRole('listitem')).toHaveText(/The Millers.*€20\.00/)
      await expect(page.getByRole('region', { name: 'Balances' })).toContainText('Ben, Cleo')
      await expectAccessible(page)

      await settlement.getByRole('link', { name: /The Millers.*why/ }).click()
      const why = page.getByRole('dialog', { name: 'How it comes about' })
      await expect(why).toContainText('The Millers to you')
      const causes = why.getByRole('list').getByRole('listitem')
      await expect(causes).toHaveText([
        /Hut.*Ben.*€10\.00/,
        /Hut.*Cleo.*€10\.00/,
        /Together.*€20\.00/,
      ])
      await expectAccessible(page)
      await why.getByRole('button', { name: 'Close' }).click()

      await settlement.getByRole('link', { name: 'Record: The Millers to you' }).click()
      const payment = page.getByRole('dialog', { name: 'Record a payment' })
      await payment.getByRole('button', { name: 'Record payment' }).click()
      await expect(payment).toBeHidden()
      await expect(settlement).toContainText('Everybody is quits.')

      await page.goto(`${group}/settings`)
      await households.getByRole('button', { name: 'Edit The Millers' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
      await expect(households.getByRole('listitem')).toHaveCount(0)
    })
  })
}
