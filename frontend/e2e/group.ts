import { expect, type Locator, type Page } from '@playwright/test'

export async function createGroup(page: Page, name: string, guests: string[] = []): Promise<void> {
  await page.getByRole('main').getByRole('link', { name: 'New group' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'New group' })
  await dialog.getByLabel('Name', { exact: true }).fill(name)
  for (const guest of guests) {
    await dialog.getByLabel('Guests').fill(guest)
    await dialog.getByRole('button', { name: 'Add guest' }).click()
  }
  await dialog.getByRole('button', { name: 'Create group' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Adds an expense that the viewer paid, split equally among everybody. */
export async function addExpense(page: Page, what: string, amount: string): Promise<void> {
  await page.getByRole('link', { name: 'Add expense' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an expense' })
  await dialog.getByLabel('What was it for?').fill(what)
  await dialog.getByLabel('Amount', { exact: true }).fill(amount)
  await dialog.getByRole('button', { name: 'Add expense' }).click()
  await expect(dialog).toBeHidden()
}

/** The path and the secret of a fresh invite link; its host is whatever the server believes to be. */
export async function invitePath(page: Page): Promise<string> {
  await page.getByRole('main').getByRole('link', { name: 'Invite' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^Invite to/ })
  const link = await dialog.getByLabel('Invite link').inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  const { pathname, hash } = new URL(link)
  return pathname + hash
}

export function ownBalance(page: Page): Locator {
  return page.getByRole('region', { name: 'Your balance' })
}

export async function openTab(page: Page, name: string): Promise<void> {
  const tabs = page.getByRole('navigation', { name: 'Group', exact: true })
  await tabs.getByRole('link', { name }).click()
}
