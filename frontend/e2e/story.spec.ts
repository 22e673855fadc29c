import { expect, test } from '@playwright/test'
import {
  addExpense,
  createGroup,
  fillInExpense,
  fillInGroup,
  openTab,
  ownBalance,
  shownInvitePath,
} from './group'
import { fillInRegistration, ownBrowser, register, signUp, somebody } from './people'

test('from signing up to everybody being quits', async ({ page }) => {
  await fillInRegistration(page, 'Ada')
  await expect(page.getByText('Start with a group')).toBeVisible()
  await fillInGroup(page, 'Road trip', ['Jonas', 'Mia'])
  await expect(page.getByText('Nothing spent yet')).toBeVisible()

  await fillInExpense(page, 'Fuel', '100')
  await expect(page.getByRole('link', { name: /Fuel/ })).toContainText('You paid €100.00')
  // A third of 100.00 leaves a cent that somebody gets: Ada's own share is 33.33 or 33.34.
  await expect(ownBalance(page)).toContainText(/you are owed €66\.6[67]/)

  await page.getByRole('link', { name: /Fuel/ }).click()
  const shares = page.getByRole('region', { name: 'Shared by' }).getByRole('listitem')
  await expect(shares).toHaveCount(3)
  const amounts = await shares.allInnerTexts()
  const cents = amounts.map((text) => BigInt(/€33\.(\d\d)/.exec(text)?.[1] ?? '0'))
  expect(cents.reduce((sum, each) => sum + each, 0n)).toBe(100n)
  await page.getByRole('button', { name: 'Close' }).click()

  await openTab(page, 'Balances')
  for (const name of ['Jonas', 'Mia']) {
    await page
      .getByRole('main')
      .getByRole('link', { name: `Record: ${name} to you` })
      .click()
    const dialog = page.getByRole('dialog', { name: 'Record a payment' })
    await dialog.getByRole('button', { name: 'Record payment' }).click()
    await expect(dialog).toBeHidden()
  }
  await expect(page.getByText('Everybody is quits.')).toBeVisible()
  await expect(ownBalance(page)).toContainText('quits')
  await expect(page.getByRole('region', { name: 'Payments' }).getByRole('listitem')).toHaveCount(2)

  await openTab(page, 'Insights')
  await expect(page.getByRole('region', { name: 'Spending in EUR' })).toContainText('€100.00')
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Activity' })
    .click()
  await expect(page.getByRole('region', { name: 'Activity' })).toContainText('Fuel')
})

test('exact shares and several payers have to add up', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Dinner club', ['Jonas'])
  await page.getByRole('link', { name: 'Add expense' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an expense' })
  await dialog.getByLabel('What was it for?').fill('Wine')
  await dialog.getByLabel('Amount', { exact: true }).fill('20')
  await dialog.getByRole('button', { name: 'Paid by you' }).click()
  await dialog.getByRole('button', { name: 'Several people' }).click()
  await dialog.getByLabel('You: paid').fill('15')
  await dialog.getByLabel('Jonas: paid').fill('5')
  await dialog.getByRole('button', { name: 'Split equally' }).click()
  await dialog.getByRole('radio', { name: 'Exact' }).check()
  await dialog.getByLabel('You: share').fill('12.50')
  await expect(dialog.getByText('€7.50')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add expense' }).click()
  await expect(dialog.getByText('The shares do not add up to the total yet.')).toBeVisible()

  await dialog.getByLabel('Jonas: share').fill('7.50')
  await dialog.getByRole('button', { name: 'Add expense' }).click()
  await expect(dialog).toBeHidden()
  await expect(ownBalance(page)).toContainText('you are owed €2.50')
})

test('a guest becomes a member by an invite link', async ({ page, browser }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Jonas'])
  await addExpense(page, 'Lamp', '30')
  const path = await shownInvitePath(page)

  const jonas = await ownBrowser(browser)
  await jonas.goto(path)
  await expect(jonas.getByRole('list', { name: 'Already in' })).toContainText('Ada')
  await jonas.getByRole('link', { name: 'Create an account to join' }).click()
  await register(jonas, somebody('Jonas'))
  await jonas.getByRole('radio', { name: 'I am Jonas' }).check()
  await jonas.getByRole('button', { name: 'Join as Jonas' }).click()
  await expect(ownBalance(jonas)).toContainText('you owe €15.00')
  await expect(jonas.getByText('2 people')).toBeVisible()
})

test('a dead invite link says so', async ({ page }) => {
  await page.goto('/join#nothing-is-behind-this')
  await expect(
    page.getByRole('heading', { name: 'This link does not work any more' }),
  ).toBeVisible()
})
