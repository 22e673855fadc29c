import {
  expect,
  type Browser,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from '@playwright/test'
import { apiOf, newExpense, newGroup, readGroup } from './api'
import { ownBrowser, signUp } from './people'
import { noteSecret } from './secrets'

const INVITE = 'mutation ($groupId: ID!) { createInvite(groupId: $groupId) { url } }'
const JOIN = 'mutation ($token: String!) { joinGroup(token: $token) { id } }'

/** The address of a group, from that of any of its pages. */
export function groupPath(page: Page): string {
  return new URL(page.url()).pathname.split('/').slice(0, 3).join('/')
}

const groupId = (page: Page) => groupPath(page).split('/')[2] ?? ''

async function openGroup(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Creates a group of the viewer and opens it. */
export async function createGroup(page: Page, name: string, guests: string[] = []): Promise<void> {
  const { id } = await newGroup(await apiOf(page), name, guests)
  await openGroup(page, `/groups/${id}`, name)
}

/** Creates a group in the app, which shows its home page. */
export async function fillInGroup(page: Page, name: string, guests: string[] = []): Promise<void> {
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

/** Adds an expense that the viewer paid, split equally among everybody; the open list of the group shows it. */
export async function addExpense(
  page: Page,
  what: string,
  amount: string,
  category?: string,
): Promise<void> {
  const api = await apiOf(page)
  const group = await readGroup(api, groupId(page))
  const rows = page.getByRole('main').getByRole('link', { name: what })
  const before = await rows.count()
  await newExpense(api, group, { description: what, amount, ...(category && { category }) })
  await expect.poll(() => rows.count()).toBeGreaterThan(before)
}

/** Adds such an expense in the app. */
export async function fillInExpense(page: Page, what: string, amount: string): Promise<void> {
  await page.getByRole('link', { name: 'Add expense' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an expense' })
  await dialog.getByLabel('What was it for?').fill(what)
  await dialog.getByLabel('Amount', { exact: true }).fill(amount)
  await dialog.getByRole('button', { name: 'Add expense' }).click()
  await expect(dialog).toBeHidden()
}

// A link names the host that the server is configured with, which need not be the one under test.
function pathOf(link: string): string {
  const { pathname, hash } = new URL(link)
  noteSecret(hash.slice(1))
  return pathname + hash
}

/** The path and the secret of a fresh invite link to the group that is open. */
export async function invitePath(page: Page): Promise<string> {
  const api = await apiOf(page)
  const variables = { groupId: groupId(page) }
  const { createInvite } = await api.call<{ createInvite: { url: string } }>(INVITE, variables)
  return pathOf(createInvite.url)
}

/** The same, of the link that the app shows. */
export async function shownInvitePath(page: Page): Promise<string> {
  await page.getByRole('main').getByRole('link', { name: 'Invite' }).first().click()
  const dialog = page.getByRole('dialog', { name: /^Invite to/ })
  const link = await dialog.getByLabel('Invite link').inputValue()
  await dialog.getByRole('button', { name: 'Close' }).click()
  return pathOf(link)
}

/** Lets whoever is signed in at another page into the group that is open, and opens it there. */
export async function letIn(page: Page, other: Page): Promise<void> {
  const [, token] = (await invitePath(page)).split('#')
  await (await apiOf(other)).call(JOIN, { token })
  const name = await page.getByRole('heading', { level: 1 }).innerText()
  await openGroup(other, groupPath(page), name)
}

/** Ada, and Ben at a browser of his own, in a group of theirs that both look at. */
export async function together(
  page: Page,
  browser: Browser,
  name = 'Lisbon',
  options?: BrowserContextOptions,
): Promise<Page> {
  await signUp(page, 'Ada')
  await createGroup(page, name)
  const ben = await ownBrowser(browser, options)
  await signUp(ben, 'Ben')
  await letIn(page, ben)
  for (const each of [page, ben]) {
    await expect(each.getByText('2 people')).toBeVisible()
    await expect(each.getByText('live', { exact: true })).toBeVisible()
  }
  return ben
}

/** The same two, when Ben owes 30.00. */
export async function owing(
  page: Page,
  browser: Browser,
  options?: BrowserContextOptions,
): Promise<Page> {
  const ben = await together(page, browser, 'Lisbon', options)
  await addExpense(page, 'Dinner', '40')
  await addExpense(page, 'Museum', '20')
  await expect(ownBalance(ben)).toContainText('you owe €30.00')
  return ben
}

export function ownBalance(page: Page): Locator {
  return page.getByRole('region', { name: 'Your balance' })
}

export async function openTab(page: Page, name: string): Promise<void> {
  const tabs = page.getByRole('navigation', { name: 'Group', exact: true })
  await tabs.getByRole('link', { name }).click()
}
