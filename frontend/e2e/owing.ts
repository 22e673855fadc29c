import { expect, type Browser, type Page } from '@playwright/test'
import { addExpense, createGroup, invitePath, ownBalance } from './group'
import { ownBrowser, register, signUp, somebody } from './people'

/** Ada, to whom Ben owes 30.00 in a group of theirs, and Ben at a browser of his own. */
export async function owing(page: Page, browser: Browser): Promise<Page> {
  await signUp(page, 'Ada')
  await createGroup(page, 'Lisbon')
  const path = await invitePath(page)
  const ben = await ownBrowser(browser)
  await ben.goto(`/register#next=${encodeURIComponent(path)}`)
  await register(ben, somebody('Ben'))
  await ben.getByRole('button', { name: 'Join group' }).click()
  await expect(page.getByText('2 people')).toBeVisible()
  await addExpense(page, 'Dinner', '40')
  await addExpense(page, 'Museum', '20')
  await expect(ownBalance(ben)).toContainText('you owe €30.00')
  return ben
}
