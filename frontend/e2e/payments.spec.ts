import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { openTab, owing, ownBalance } from './group'

import { SIZES } from './sizes'

const AT_ONCE = { timeout: 5_000 }

const payments = (page: Page) => page.getByRole('region', { name: 'Payments' })
const shown = (page: Page) => page.getByRole('dialog', { name: 'Payment', exact: true })

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a payment is recorded, disputed, mended, confirmed and withdrawn', async ({
      page,
      browser,
    }) => {
      const ben = await owing(page, browser)
      await openTab(ben, 'Balances')
      await ben.getByRole('link', { name: 'Pay Ada' }).click()
      await ben.getByRole('button', { name: 'Record payment' }).click()
      await expect(ownBalance(ben)).toContainText('quits')

      await openTab(page, 'Balances')
      await payments(page)
        .getByRole('link', { name: /Ben paid you/ })
        .click()
      await expect(shown(page)).toContainText('recorded')
      await expectAccessible(page)
      await shown(page).getByRole('button', { name: 'Dispute' }).click()
      await page.getByLabel('What is not right?').fill('It was only 25')
      await page.getByRole('button', { name: 'Dispute' }).click()
      await expect(shown(page)).toContainText('It was only 25')
      await expectAccessible(page)

      await ben.reload()
      await payments(ben)
        .getByRole('link', { name: /You paid Ada/ })
        .click()
      await shown(ben).getByRole('link', { name: 'Edit' }).click()
      await ben.getByLabel('Amount', { exact: true }).fill('25')
      await ben.getByRole('button', { name: 'Save changes' }).click()
      await expect(ownBalance(ben)).toContainText('you owe €5.00')
      await expect(ownBalance(page)).toContainText('you are owed €5.00', AT_ONCE)

      await expect(shown(page)).toContainText('€25.00', AT_ONCE)
      await shown(page).getByRole('button', { name: 'I have received it' }).click()
      await expect(shown(page)).toContainText('confirmed')
      await shown(page).getByRole('button', { name: 'Withdraw' }).click()
      const question = page.getByRole('dialog', { name: 'Withdraw this payment?' })
      await question.getByRole('button', { name: 'Withdraw' }).click()
      await expect(ownBalance(page)).toContainText('you are owed €30.00')
      await expect(payments(page)).toContainText('withdrawn')
      await ben.goto('/payments')
      await expect(ben.getByRole('link', { name: /You paid Ada.*Lisbon/ })).toContainText(
        'withdrawn',
      )
      await expectAccessible(ben)
      await expect(page.getByRole('button', { name: 'Record again' })).toBeVisible()
    })

    test('a payment in another currency settles what it is said to', async ({ page, browser }) => {
      const ben = await owing(page, browser)
      await openTab(ben, 'Balances')
      await ben.getByRole('link', { name: 'Pay Ada' }).click()
      await ben.getByLabel('Currency', { exact: true }).selectOption('USD')
      await ben.getByLabel('Amount', { exact: true }).fill('33')
      await ben.getByRole('button', { name: 'It settles a debt in EUR' }).click()
      await ben.getByLabel('Settles').fill('30')
      await expectAccessible(ben)
      await ben.getByRole('button', { name: 'Record payment' }).click()
      await expect(ownBalance(ben)).toContainText('quits')
      await payments(ben)
        .getByRole('link', { name: /You paid Ada/ })
        .click()
      await expect(shown(ben)).toContainText('$33.00')
      await expect(shown(ben)).toContainText('It settles €30.00.')
      await expectAccessible(ben)
    })

    test('a balance and a transfer open into what makes them', async ({ page, browser }) => {
      await owing(page, browser)
      await openTab(page, 'Balances')
      await page.getByRole('link', { name: /Ben.*why/ }).click()
      const why = page.getByRole('dialog', { name: 'How it comes about' })
      await expect(why.getByRole('listitem')).toHaveText([
        /Museum.*\+€10\.00/,
        /Dinner.*\+€20\.00/,
        /Together.*\+€30\.00/,
      ])
      await expectAccessible(page)
      await why.getByRole('link', { name: /Dinner/ }).click()
      await expect(page.getByRole('dialog', { name: 'Dinner' })).toBeVisible()
      await page.goBack()
      await why.getByRole('button', { name: 'Close' }).click()
      await page
        .getByRole('region', { name: 'Balances' })
        .getByRole('link', { name: /You/ })
        .click()
      await expect(why).toContainText('Together')
      await page.goto('/expenses')
      await page.getByLabel('Search expenses').fill('muse')
      const found = page.getByRole('main').getByRole('listitem')
      await expect(found).toHaveText([/Museum.*Lisbon/])
      await expectAccessible(page)
    })
  })
}
