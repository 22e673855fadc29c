import { expect, test, type Page, type Request } from '@playwright/test'
import { createGroup, fillInExpense, ownBalance } from './group'
import { logIn, openYou, signUp } from './people'

const KEY = 'quits.session'

/** Changes the stored session, as time or a fault would. */
async function tamper(page: Page, changes: Record<string, unknown>): Promise<void> {
  await page.evaluate(
    ([key, change]) => {
      const session = JSON.parse(localStorage.getItem(key) ?? '{}') as object
      localStorage.setItem(key, JSON.stringify({ ...session, ...change }))
    },
    [KEY, changes] as const,
  )
}

function renewals(page: Page): Request[] {
  const seen: Request[] = []
  page.context().on('request', (request) => {
    if (request.postData()?.includes('mutation RefreshSession')) seen.push(request)
  })
  return seen
}

test('a session survives a reload and ends with logging out', async ({ page }) => {
  const account = await signUp(page, 'Ada')
  await createGroup(page, 'Flat')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Flat' })).toBeVisible()

  const path = new URL(page.url()).pathname
  await openYou(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page).toHaveURL(/\/login/)
  await page.goto(path)
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
  await logIn(page, account)
  await expect(page.getByRole('heading', { level: 1, name: 'Flat' })).toBeVisible()
})

test('an ageing token is renewed once for all tabs, without a token in the request', async ({
  page,
}) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Jonas'])
  const path = new URL(page.url()).pathname
  const other = await page.context().newPage()

  // With no app open, nobody begins a renewal that going on to the group would cut off.
  await page.goto('/mark.svg')
  await tamper(page, { renewAt: 0 })
  const seen = renewals(page)
  await Promise.all([page.goto(path), other.goto(path)])
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  await expect(other.getByText('live', { exact: true })).toBeVisible()
  expect(seen).toHaveLength(1)
  expect(await seen[0]!.headerValue('authorization')).toBeNull()

  // The sockets of both tabs carry on with the new token.
  await fillInExpense(page, 'Lamp', '30')
  await expect(ownBalance(other)).toContainText('you are owed €15.00')
})

test('a refused token is renewed behind the scenes', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat')
  const path = new URL(page.url()).pathname
  // With no app open, nobody begins a renewal that going on to the group would cut off.
  await page.goto('/mark.svg')
  const seen = renewals(page)
  await tamper(page, { accessToken: 'broken' })
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1, name: 'Flat' })).toBeVisible()
  await expect(page.getByText('live', { exact: true })).toBeVisible()
  expect(seen).toHaveLength(1)
})

test('an ended session leads to the log-in page in every tab', async ({ page }) => {
  await signUp(page, 'Ada')
  const other = await page.context().newPage()
  for (const each of [page, other]) await each.goto('/')
  await expect(other.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
  await openYou(page)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(other.getByRole('heading', { name: 'Welcome back' })).toBeVisible()
})
