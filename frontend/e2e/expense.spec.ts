import { expect, test, type Locator, type Page } from '@playwright/test'
import { addExpense, createGroup, ownBalance } from './group'
import { signUp } from './people'

async function openExpense(page: Page, name: string): Promise<Locator> {
  await page.getByRole('link', { name: new RegExp(name) }).click()
  return page.getByRole('dialog', { name })
}

test('an expense is edited, deleted and brought back, and its history says so', async ({
  page,
}) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Road trip', ['Jonas'])
  await addExpense(page, 'Fuel', '100')
  await expect(ownBalance(page)).toContainText('you are owed €50.00')

  const shown = await openExpense(page, 'Fuel')
  await shown.getByRole('link', { name: 'Edit' }).click()
  const edit = page.getByRole('dialog', { name: 'Edit expense' })
  await expect(edit.getByLabel('Amount', { exact: true })).toHaveValue('100.00')
  await edit.getByLabel('What was it for?').fill('Fuel and tolls')
  await edit.getByLabel('Amount', { exact: true }).fill('120')
  await edit.getByRole('button', { name: 'Save changes' }).click()

  // Back where the edit began: the expense as it is now, and what was changed.
  const changed = page.getByRole('dialog', { name: 'Fuel and tolls' })
  const history = changed.getByRole('region', { name: 'History' }).getByRole('listitem')
  await expect(history).toHaveCount(2)
  await expect(history.first()).toContainText('Amount: €100.00 → €120.00')
  await expect(ownBalance(page)).toContainText('you are owed €60.00')

  await changed.getByRole('button', { name: 'Delete' }).click()
  await expect(changed).toBeHidden()
  await expect(ownBalance(page)).toContainText('quits')
  await expect(page.getByText('Nothing spent yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(ownBalance(page)).toContainText('you are owed €60.00')

  const restored = await openExpense(page, 'Fuel and tolls')
  await expect(restored.getByRole('region', { name: 'History' }).getByRole('listitem')).toHaveText([
    /restored it/,
    /deleted it/,
    /changed/,
    /added it/,
  ])
})

test('who edits what somebody else has just changed is shown that first', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Jonas'])
  await addExpense(page, 'Lamp', '30')
  const other = await page.context().newPage()
  for (const each of [page, other]) {
    if (each === other) await other.goto(new URL(page.url()).pathname)
    await (await openExpense(each, 'Lamp')).getByRole('link', { name: 'Edit' }).click()
    await expect(each.getByLabel('Amount', { exact: true })).toHaveValue('30.00')
  }

  await other.getByLabel('Amount', { exact: true }).fill('40')
  await other.getByRole('button', { name: 'Save changes' }).click()
  await expect(ownBalance(page)).toContainText('you are owed €20.00')
  await page.getByLabel('What was it for?').fill('Desk lamp')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('alert')).toContainText('Somebody changed this expense')
  await expect(page.getByLabel('Amount', { exact: true })).toHaveValue('40.00')
  await page.getByLabel('What was it for?').fill('Desk lamp')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByRole('dialog', { name: 'Desk lamp' })).toBeVisible()
})

/** Begins an expense of the viewer in a mode of splitting. */
async function begin(page: Page, amount: string, mode: string): Promise<Locator> {
  await page.getByRole('link', { name: 'Add expense' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add an expense' })
  await dialog.getByLabel('What was it for?').fill(mode)
  await dialog.getByLabel('Amount', { exact: true }).fill(amount)
  await dialog.getByRole('button', { name: 'Split equally' }).click()
  await dialog.getByRole('radio', { name: mode }).check()
  return dialog
}

async function save(page: Page, dialog: Locator, balance: string): Promise<void> {
  await dialog.getByRole('button', { name: 'Add expense' }).click()
  await expect(dialog).toBeHidden()
  await expect(ownBalance(page)).toContainText(balance)
}

test('every way to split says what is left and what each share will be', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Dinner club', ['Jonas'])

  let dialog = await begin(page, '10', 'Equally')
  await expect(dialog.getByText('€5.00')).toHaveCount(2)
  await save(page, dialog, 'you are owed €5.00')

  dialog = await begin(page, '10', 'Exact')
  await dialog.getByLabel('You: share').fill('4')
  await expect(dialog.getByRole('status')).toHaveText('€6.00 left to assign')
  await dialog.getByLabel('Jonas: share').fill('6')
  await save(page, dialog, 'you are owed €11.00')

  dialog = await begin(page, '10', 'Percent')
  await dialog.getByLabel('You: percent').fill('62.5')
  await expect(dialog.getByRole('status')).toHaveText('37.5% left to assign')
  await dialog.getByLabel('Jonas: percent').fill('37.5')
  await expect(dialog.getByText('€6.25')).toBeVisible()
  await save(page, dialog, 'you are owed €14.75')

  dialog = await begin(page, '10', 'Shares')
  await dialog.getByLabel('Jonas: shares').fill('3')
  await expect(dialog.getByText('€7.50')).toBeVisible()
  await save(page, dialog, 'you are owed €22.25')

  dialog = await begin(page, '10', 'Adjust')
  await dialog.getByLabel('Jonas: more or less').fill('-2')
  await expect(dialog.getByRole('status')).toHaveText('€12.00 left to share equally')
  await expect(dialog.getByText('€4.00')).toBeVisible()
  await save(page, dialog, 'you are owed €26.25')

  dialog = await begin(page, '21', 'Items')
  await dialog.getByLabel('Item 1: name').fill('Fish')
  await dialog.getByLabel('Item 1: amount').fill('15')
  await dialog.getByRole('group', { name: 'Who had item 1' }).getByText('You').click()
  await dialog.getByRole('button', { name: 'Add item' }).click()
  await dialog.getByLabel('Item 2: name').fill('Soup')
  await dialog.getByLabel('Item 2: amount').fill('5')
  await dialog.getByRole('group', { name: 'Who had item 2' }).getByText('Jonas').click()
  await dialog.getByLabel('Tax').fill('2')
  await dialog.getByLabel('Tip').fill('1')
  await expect(dialog.getByRole('status')).toHaveText('€2.00 too much')
  await dialog.getByLabel('Discount').fill('2')
  await expect(dialog.getByRole('list', { name: 'What everybody owes' })).toContainText('€15.75')
  await save(page, dialog, 'you are owed €42.00')
})

test('a refund turns everything round', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Flat', ['Jonas'])
  const dialog = await begin(page, '-30', 'Equally')
  await expect(dialog.getByRole('checkbox', { name: /^A refund/ })).toBeChecked()
  await expect(dialog.getByLabel('Amount', { exact: true })).toHaveValue('30')
  await save(page, dialog, 'you owe €15.00')
})

test('an amount may be a sum; what could be two amounts is asked back', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Market', ['Jonas'])
  const dialog = await begin(page, '1.000', 'Equally')
  const amount = dialog.getByLabel('Amount', { exact: true })
  await dialog.getByRole('button', { name: 'Add expense' }).click()
  await expect(amount).toHaveAccessibleDescription(/Thousands or decimals/)
  await amount.fill('3*2.20 + ٥')
  await expect(amount).toHaveAccessibleDescription('= €11.60')
  await save(page, dialog, 'you are owed €5.80')
})

test('an expense is copied from its page', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Market', ['Jonas'])
  await addExpense(page, 'Apples', '8')
  const shown = await openExpense(page, 'Apples')
  await shown.getByRole('link', { name: 'Copy' }).click()
  const copy = page.getByRole('dialog', { name: 'Copy expense' })
  await expect(copy.getByLabel('Amount', { exact: true })).toHaveValue('8.00')
  await copy.getByLabel('What was it for?').fill('Pears')
  await save(page, copy, 'you are owed €8.00')
  await expect(page.getByRole('link', { name: /Pears|Apples/ })).toHaveCount(2)
})
