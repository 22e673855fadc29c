import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, ownBalance } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Add an expense' })

async function fill(page: Page, what: string, amount: string): Promise<void> {
  await page.getByRole('link', { name: 'Add expense' }).click()
  await dialogOf(page).getByLabel('What was it for?').fill(what)
  await dialogOf(page).getByLabel('Amount', { exact: true }).fill(amount)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('what the server cannot save now stays in the form, and is saved once later', async ({
      page,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await fill(page, 'Dinner', '30')
      const broken = { data: null, errors: [{ message: '-', extensions: { code: 'INTERNAL' } }] }
      await page.route('**/graphql', async (route) => {
        if (route.request().postData()?.includes('mutation CreateExpense'))
          await route.fulfill({ json: broken })
        else await route.fallback()
      })
      const save = dialogOf(page).getByRole('button', { name: 'Add expense' })
      await save.click()
      await expect(dialogOf(page).getByRole('alert')).toBeInViewport()
      await expect(save).toBeInViewport()
      await expect(dialogOf(page).getByLabel('What was it for?')).toHaveValue('Dinner')
      await expectAccessible(page, '[role="dialog"]')

      await page.unroute('**/graphql')
      await save.click()
      await expect(dialogOf(page)).toBeHidden()
      await expect(page.getByRole('link', { name: /Dinner/ })).toHaveCount(1)
      await expect(ownBalance(page)).toContainText('you are owed €15.00')
    })

    test('going back closes a form, and what was typed is offered again', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await fill(page, 'Museum', '18')
      await page.goBack()
      await expect(dialogOf(page)).toBeHidden()
      await expect(page.getByRole('heading', { level: 1, name: 'Lisbon' })).toBeVisible()
      await page.getByRole('link', { name: 'Add expense' }).click()
      await expect(dialogOf(page).getByText('You had begun this earlier.')).toBeVisible()
      await expect(dialogOf(page).getByLabel('What was it for?')).toHaveValue('Museum')
      await expect(dialogOf(page).getByLabel('Amount', { exact: true })).toHaveValue('18')
    })

    test('items are changed together with their total', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await page.getByRole('link', { name: 'Add expense' }).click()
      const dialog = dialogOf(page)
      await dialog.getByLabel('What was it for?').fill('Dinner')
      await dialog.getByRole('button', { name: 'Split equally' }).click()
      await dialog.getByRole('radio', { name: 'Items' }).check({ force: true })
      await dialog.getByLabel('Item 1: name').fill('Fish')
      await dialog.getByLabel('Item 1: amount').fill('20')
      await dialog.getByRole('button', { name: 'Add expense' }).click()
      await expect(ownBalance(page)).toContainText('you are owed €10.00')

      await page.getByRole('link', { name: /Dinner/ }).click()
      await page.getByRole('link', { name: 'Edit' }).click()
      const edit = page.getByRole('dialog', { name: 'Edit expense' })
      await edit.getByRole('button', { name: 'Split by items' }).click()
      await edit.getByLabel('Item 1: amount').fill('24')
      await edit.getByRole('button', { name: 'Save changes' }).click()
      await expect(edit.getByRole('alert')).toHaveText('The items do not add up to the total yet.')
      await edit.getByLabel('Amount', { exact: true }).fill('24')
      await edit.getByRole('button', { name: 'Save changes' }).click()
      await expect(page.getByRole('dialog').getByText('€24.00').first()).toBeVisible()
      await page.getByRole('button', { name: 'Close' }).click()
      await expect(ownBalance(page)).toContainText('you are owed €12.00')
    })
  })

  test.describe(`in German, on a ${size}`, () => {
    test.use({ ...use, locale: 'de-DE', reducedMotion: 'reduce' })

    test('amounts are written and read with a comma', async ({ page }) => {
      await page.goto('/register')
      await page.getByLabel('Name').fill('Jörg')
      await page.getByLabel('E-Mail').fill(`joerg.${Date.now().toString(36)}@example.org`)
      await page.getByLabel('Passwort').fill('correct horse battery staple')
      await page.getByRole('button', { name: 'Konto anlegen' }).click()
      await page.getByRole('main').getByRole('link', { name: 'Neue Gruppe' }).first().click()
      const group = page.getByRole('dialog')
      await group.getByLabel('Name', { exact: true }).fill('Lissabon')
      await group.getByLabel('Gäste').fill('Ben')
      await group.getByRole('button', { name: 'Gruppe anlegen' }).click()
      await page.getByRole('link', { name: 'Ausgabe hinzufügen', exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Wofür war es?').fill('Abendessen')
      await dialog.getByLabel('Betrag', { exact: true }).fill('1.084,50')
      await dialog.getByRole('button', { name: 'Ausgabe hinzufügen' }).click()
      await expect(dialog).toBeHidden()
      await expect(page.getByRole('link', { name: /Abendessen/ })).toContainText('1.084,50')
      await expect(page.getByRole('region', { name: 'Dein Saldo' })).toContainText(/542,25\s€/)
      await expectAccessible(page)
    })
  })
}

test('an expense is added without a mouse', async ({ page }) => {
  await signUp(page, 'Ada')
  await createGroup(page, 'Lisbon', ['Ben'])
  for (const what of ['Dinner', 'Tram']) await addExpense(page, what, '10')
  await page.reload()
  await expect(page.getByRole('link', { name: /Dinner/ })).toBeVisible()
  await page.keyboard.press('n')
  const dialog = dialogOf(page)
  await expect(dialog.getByLabel('What was it for?')).toBeFocused()
  await page.keyboard.type('Museum')
  // The currency may stand between them.
  const amount = dialog.getByLabel('Amount', { exact: true })
  await expect(async () => {
    await page.keyboard.press('Tab')
    await expect(amount).toBeFocused({ timeout: 200 })
  }).toPass()
  await page.keyboard.type('18')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(ownBalance(page)).toContainText('you are owed €19.00')

  // From one row to the next with Tab, into an expense with Enter, and out of it with Escape.
  await page.getByRole('link', { name: /Museum/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Museum' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('link', { name: /Museum/ })).toBeFocused()
})
