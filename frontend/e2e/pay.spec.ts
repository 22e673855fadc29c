import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { openTab, owing, ownBalance } from './group'
import { SIZES } from './sizes'

const AT_ONCE = { timeout: 5_000 }

/** Says how somebody is paid: by bank, or on a page of PayPal. */
async function sayHowPaid(page: Page): Promise<void> {
  await page.goto('/settings')
  await page.getByRole('link', { name: 'How you get paid' }).click()
  await page.getByLabel('IBAN').fill('DE00 3704')
  await page.getByLabel('Whose account it is').fill('Ada Lovelace')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(page.getByText('This is not an IBAN. Check its digits.')).toBeVisible()
  await page.getByLabel('IBAN').fill('DE89 3704 0044 0532 0130 00')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  const ways = page.getByRole('region', { name: 'Your ways to be paid' })
  await expect(ways.getByRole('listitem')).toHaveCount(1)
  await page.getByLabel('How', { exact: true }).selectOption('PayPal')
  await page.getByLabel('Your PayPal.me name').fill('paypal.me/adalovelace')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(ways.getByRole('listitem')).toHaveText([/Bank account/, /PayPal/])
  await expectAccessible(page)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a debtor pays outside as the receiver wants, who confirms it', async ({
      page,
      browser,
    }) => {
      const ben = await owing(page, browser, use)
      await sayHowPaid(page)

      await openTab(ben, 'Balances')
      await ben.getByRole('link', { name: 'Pay Ada' }).click()
      const dialog = ben.getByRole('dialog', { name: 'Pay Ada' })
      await expect(dialog.getByRole('img', { name: 'Scan to pay' })).toBeVisible()
      await expect(dialog).toContainText('DE89 3704 0044 0532 0130 00')
      await expectAccessible(ben)
      await dialog.getByRole('radio', { name: 'PayPal' }).check()
      await expect(dialog.getByRole('link', { name: 'paypal.me/adalovelace' })).toHaveAttribute(
        'href',
        'https://paypal.me/adalovelace/30.00EUR',
      )
      await expectAccessible(ben)
      await dialog.getByRole('radio', { name: 'Bank account' }).check()
      await dialog.getByRole('button', { name: 'I have paid' }).click()
      await expect(dialog).toBeHidden()
      await expect(ownBalance(ben)).toContainText('quits')

      await page.goto('/payments')
      await page.getByRole('link', { name: /Ben paid you/ }).click()
      const payment = page.getByRole('dialog', { name: 'Payment', exact: true })
      await expect(payment).toContainText('Bank transfer')
      await payment.getByRole('button', { name: 'I have received it' }).click()
      await expect(payment).toContainText('confirmed', AT_ONCE)
    })
  })
}
