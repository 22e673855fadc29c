import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { becomePayable, charge, DECLINED, dialog, SLOW, startToPay, VISITS_BANK } from './cards'
import { owing, ownBalance } from './group'
import { SIZES } from './sizes'

const AT_ONCE = { timeout: 5_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a card is declined, and another one settles the debt once its bank agrees', async ({
      page,
      browser,
    }) => {
      const ben = await owing(page, browser, use)
      const group = page.url()
      await becomePayable(page)
      await page.goto(group)

      const scripts: string[] = []
      ben.on('request', (request) => {
        if (request.url().endsWith('/stripe.js')) scripts.push(request.url())
      })
      await ben.reload()
      await startToPay(ben, () => {
        expect(scripts, 'nothing of Stripe is loaded before a card is wanted').toEqual([])
        return Promise.resolve()
      })
      await expect(dialog(ben).getByLabel('Card number')).toBeVisible()
      expect(scripts).toHaveLength(1)
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
      const ben = await owing(page, browser, use)
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
