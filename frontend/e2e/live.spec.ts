import { expect, test } from '@playwright/test'
import { addExpense, createGroup, fillInExpense, ownBalance, shownInvitePath } from './group'
import { ownBrowser, register, signUp, somebody } from './people'
import { cuttable } from './sockets'

// What a person takes for "at once"; far more than it needs.
const AT_ONCE_MS = 2_000

test('an expense of one moves the balance of the other without a reload', async ({ browser }) => {
  const ada = await ownBrowser(browser)
  await signUp(ada, 'Ada')
  await createGroup(ada, 'Lisbon')
  const path = await shownInvitePath(ada)

  const ben = await ownBrowser(browser)
  await ben.goto(path)
  await expect(ben.getByRole('heading', { name: 'Join “Lisbon”' })).toBeVisible()
  await ben.getByRole('link', { name: 'Create an account to join' }).click()
  await register(ben, somebody('Ben'))
  await ben.getByRole('button', { name: 'Join group' }).click()

  // Both see the same group of two, and Ada learned of Ben by herself.
  await expect(ada.getByText('2 people')).toBeVisible()
  await expect(ben.getByText('2 people')).toBeVisible()
  await expect(ben.getByText('live', { exact: true })).toBeVisible()
  await expect(ownBalance(ben)).toContainText('quits')

  await fillInExpense(ada, 'Dinner by the river', '100')
  await expect(ownBalance(ben)).toContainText('you owe €50.00', { timeout: AT_ONCE_MS })
  await expect(ben.getByText('Balance changed: you owe €50.00.')).toBeAttached()
  await expect(ben.getByRole('link', { name: /Dinner by the river/ })).toBeVisible()
  await expect(ownBalance(ada)).toContainText('you are owed €50.00')

  // And the other way round: Ben pays as proposed, both are quits.
  await ben.getByRole('link', { name: 'Pay Ada' }).click()
  const dialog = ben.getByRole('dialog', { name: 'Record a payment' })
  await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue('50.00')
  await dialog.getByRole('button', { name: 'Record payment' }).click()
  await expect(ownBalance(ben)).toContainText('quits')
  await expect(ownBalance(ada)).toContainText('quits', { timeout: AT_ONCE_MS })
})

test('the stream comes back after the connection was lost', async ({ browser }) => {
  const ada = await ownBrowser(browser)
  await signUp(ada, 'Ada')
  await createGroup(ada, 'Flat', ['Jonas'])

  const second = await ownBrowser(browser, { storageState: await ada.context().storageState() })
  const connection = await cuttable(second)
  await second.goto(new URL(ada.url()).pathname)
  await expect(second.getByText('live', { exact: true })).toBeVisible()

  await connection.cut()
  await expect(second.getByText('reconnecting')).toBeVisible()
  const banner = second.getByText('Live updates are interrupted.')
  await expect(banner).toBeVisible()
  await addExpense(ada, 'Lamp', '30')
  connection.mend()
  await expect(second.getByText('live', { exact: true })).toBeVisible()
  await expect(banner).toBeHidden()
  await expect(ownBalance(second)).toContainText('you are owed €15.00')
})
