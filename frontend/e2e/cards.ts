import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { openTab } from './group'

/** Test cards, as Stripe numbers them. */
export const DECLINED = '4000 0000 0000 0002'
export const SLOW = '4000 0000 0000 0077'
export const VISITS_BANK = '4000 0000 0000 3220'

/** Enters at Stripe what it needs to pay somebody out. */
export async function becomePayable(page: Page): Promise<void> {
  await page.goto('/settings/pay-handles')
  const cards = page.getByRole('region', { name: 'Card payments' })
  await expect(cards).toContainText('Stripe pays out to your bank account')
  await expectAccessible(page)
  await cards.getByRole('button', { name: 'Receive card payments' }).click()
  await page.getByRole('button', { name: 'Enter everything and go back' }).click()
  await expect(cards).toContainText('You can be paid by card.')
}

/** Where a debt is paid: by card, or by hand. */
export const dialog = (page: Page) =>
  page.getByRole('dialog', { name: /^(Pay Ada|Record a payment)$/ })

/** Opens what Ben owes Ada, and the form for his card. */
export async function startToPay(
  page: Page,
  look: (name: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await openTab(page, 'Balances')
  await page.getByRole('link', { name: 'Pay Ada' }).click()
  await expect(dialog(page)).toContainText('By card: €30.70')
  await expect(dialog(page)).toContainText('including a fee of €0.70')
  await expect(dialog(page)).toContainText('Test mode')
  await expectAccessible(page)
  await look('offer')
  await dialog(page).getByRole('button', { name: 'Pay by card' }).click()
}

/** Pays with a test card. */
export async function charge(page: Page, card: string): Promise<void> {
  await dialog(page).getByLabel('Card number').fill(card)
  await dialog(page).getByRole('button', { name: 'Pay €30.70' }).click()
}
