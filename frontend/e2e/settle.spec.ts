import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, letIn, owing, ownBalance } from './group'
import { SIZES } from './sizes'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('everything between two is settled over their groups at once', async ({
      page,
      browser,
    }) => {
      const ben = await owing(page, browser)
      await createGroup(page, 'Flat')
      await letIn(page, ben)
      await expect(page.getByText('2 people')).toBeVisible()
      await addExpense(ben, 'Lamp', '20')
      await expect(ownBalance(page)).toContainText('you owe €10.00')

      await page.goto('/people')
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await expect(ownBalance(page)).toContainText('you are owed €20.00')
      await expectAccessible(page)
      await page.getByRole('button', { name: 'Settle all between us' }).click()
      const dialog = page.getByRole('dialog', { name: 'Settle all with Ben' })
      const rows = dialog.getByRole('list', { name: 'Payments' }).getByRole('listitem')
      await expect(rows).toHaveCount(2)
      await expect(dialog).toContainText(/Lisbon.*Ben pays you.*€30\.00/)
      await expect(dialog).toContainText(/Flat.*You pay Ben.*€10\.00/)
      await expectAccessible(page)
      await dialog.getByRole('button', { name: 'Record 2 payments' }).click()
      await expect(dialog).toBeHidden()
      await expect(ownBalance(page)).toContainText('quits')
      await expect(ownBalance(ben)).toContainText('quits')
      await page.goto('/payments')
      await expect(page.getByRole('link', { name: /Ben paid you.*Lisbon/ })).toBeVisible()
      await expect(page.getByRole('link', { name: /You paid Ben.*Flat/ })).toBeVisible()
    })

    test('a debt is settled in two taps from home', async ({ page, browser }) => {
      const ben = await owing(page, browser, use)
      await ben.goto('/')
      const needs = ben.getByRole('region', { name: 'Needs you' })
      await needs.getByRole('link', { name: 'Pay Ada' }).click()
      const dialog = ben.getByRole('dialog', { name: 'Record a payment' })
      await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue('30.00')
      await expectAccessible(ben)
      await dialog.getByRole('button', { name: 'Record payment' }).click()
      await expect(dialog).toBeHidden()
      await expect(ownBalance(page)).toContainText('quits')
    })

    test('a debt is settled in two taps from the page of a person', async ({ page, browser }) => {
      await owing(page, browser, use)
      await page.goto('/people')
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await page.getByRole('main').getByRole('link', { name: 'Settle up' }).click()
      const dialog = page.getByRole('dialog', { name: 'Record a payment' })
      await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue('30.00')
      await dialog.getByRole('button', { name: 'Record payment' }).click()
      await expect(dialog).toBeHidden()
      await expect(ownBalance(page)).toContainText('quits')
    })
  })
}
