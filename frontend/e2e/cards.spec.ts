import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { openTab, owing, ownBalance } from './group'
import { SIZES } from './sizes'

const DECLINED = '4000 0000 0000 0002'
const SLOW = '4000 0000 0000 0077'
const VISITS_BANK = '4000 0000 0000 3220'
const AT_ONCE = { timeout: 5_000 }

/** Enters at Stripe what it needs to pay somebody out. */
async function becomePayable(page: Page): Promise<void> {
  await page.goto('/settings/pay-handles')
  const cards = page.getByRole('region', { name: 'Card payments' })
  await expect(cards).toContainText('Stripe pays out to your bank account')
  await expectAccessible(page)
  await cards.getByRole('button', { name: 'Receive card payments' }).click()
  await page.getByRole('button', { name: 'Enter everything and go back' }).click()
  await expect(cards).toContainText('You can be paid by card.')
}

const dialog = (page: Page) => page.getByRole('dialog', { name: /^(Pay Ada|Record a payment)$/ })

async function startToPay(page: Page): Promise<void> {
  await openTab(page, 'Balances')
  await page.getByRole('link', { name: 'Pay Ada' }).click()
  await expect(dialog(page)).toContainText('By card: €30.70')
  await expect(dialog(page)).toContainText('of it €0.70 fee')
  await expect(dialog(page)).toContainText('Test mode')
  await expectAccessible(page)
  await dialog(page).getByRole('button', { name: 'Pay by card' }).click()
}

async function charge(page: Page, card: string): Promise<void> {
  await dialog(page).getByLabel('Card number').fill(card)
  await dialog(page).getByRole('button', { name: 'Pay €30.70' }).click()
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a card is declined, and another one settles the debt once its bank agrees', async ({
      page,
      browser,
    }) => {
      const ben = await owing(page, browser)
      const group = page.url()
      await becomePayable(page)
      await page.goto(group)

      await startToPay(ben)
      await charge(ben, DECLINED)
      await expect(dialog(ben).getByRole('alert')).toHaveText('Your card was declined.')
      await expectAccessible(ben)
      await charge(ben, SLOW)
      await expect(dialog(ben)).toContainText('Waiting for the bank…')
      await expect(ownBalance(page)).toContainText('you are owed €30.00')
      await expect(dialog(ben).getByText('Paid', { exact: true })).toBeVisible()
      await expectAccessible(ben)
      await dialog(ben).getByRole('button', { name: 'Close' }).last().click()
      await expect(ownBalance(ben)).toContainText('quits', AT_ONCE)
      await expect(ownBalance(page)).toContainText('quits', AT_ONCE)

      await page.goto('/payments')
      await page.getByRole('link', { name: /Ben paid you.*Card/ }).click()
      const payment = page.getByRole('dialog', { name: 'Payment', exact: true })
      await expect(payment.getByRole('region', { name: 'History' })).toContainText(
        'began to pay by card',
      )
      await expectAccessible(page)
    })

    test('a bank that wants to be visited leads back to what became of it', async ({
      page,
      browser,
    }) => {
      const ben = await owing(page, browser)
      await becomePayable(page)

      await startToPay(ben)
      await charge(ben, VISITS_BANK)
      await ben.getByRole('button', { name: 'Refuse' }).click()
      const result = ben.getByRole('dialog', { name: 'Pay by card' })
      await expect(result).toContainText('The payment failed')
      expect(ben.url(), 'nobody can pay with the address').not.toContain('secret')
      await expectAccessible(ben)
      await result.getByRole('button', { name: 'Close' }).last().click()
      await expect(ownBalance(ben)).toContainText('you owe €30.00')

      await startToPay(ben)
      await charge(ben, VISITS_BANK)
      await ben.getByRole('button', { name: 'Approve' }).click()
      await expect(result.getByText('Paid', { exact: true })).toBeVisible()
      await result.getByRole('button', { name: 'Close' }).last().click()
      await expect(ownBalance(ben)).toContainText('quits', AT_ONCE)
    })
  })
}
