import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { ownBalance } from './group'
import { signUp } from './people'
import { SIZES } from './sizes'

const SPLITWISE = `Datum,Beschreibung,Kategorie,Kosten,Währung,Ada,Ben

2026-07-02,Flug,Flugzeug,200.00,EUR,100.00,-100.00
2026-07-04,Museum,Allgemein,30.00,EUR,-15.00,15.00
2026-07-05,geht nicht auf,Allgemein,12.00,EUR,5.00,-6.00
`

const STATEMENT = `Buchungstag;Empfänger;Betrag
01.07.26;Miete;-1.450
02.07.26;Bäcker;-4
03.07.26;Kino;-12
`

// Notifications follow events, a little behind the ledger.
const CAUGHT_UP = { timeout: 25_000 }

/** A year with many expenses of ten euros that Ada paid for both. */
const MANY = [
  'Datum,Beschreibung,Kategorie,Kosten,Währung,Ada,Ben',
  ...Array.from({ length: 400 }, (_, index) => {
    const day = (index % 28) + 1
    return `2026-07-${day.toString().padStart(2, '0')},Kaffee ${index},Allgemein,10.00,EUR,5.00,-5.00`
  }),
].join('\n')

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a group from elsewhere is looked at and taken over', async ({ page }) => {
      await signUp(page, 'Ada')
      await page.goto('/')
      await page.getByRole('main').getByRole('link', { name: 'Import' }).click()
      const dialog = page.getByRole('dialog', { name: 'Import a group' })
      const buffer = Buffer.from(SPLITWISE)
      await dialog
        .getByLabel('File')
        .setInputFiles({ name: 'lissabon.csv', mimeType: 'text/csv', buffer })
      await expect(dialog.getByLabel('Written by')).toHaveValue('SPLITWISE_CSV')
      await expect(dialog.getByText('2 expenses, 0 payments, 2 people')).toBeVisible()
      await expect(dialog.getByRole('list', { name: 'Problems' })).toContainText('Line')
      const balances = dialog.getByRole('region', { name: 'Balances' }).getByRole('listitem')
      await expect(balances).toHaveText([/Ada.*\+€85\.00/, /Ben.*−€85\.00/])
      await expectAccessible(page, '[role="dialog"]')

      await dialog.getByLabel('Name of the new group').fill('Lissabon')
      await dialog.getByRole('button', { name: 'Import into a new group' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Lissabon' })).toBeVisible()
      await expect(page.getByRole('link', { name: /Museum/ })).toBeVisible()
      await expect(ownBalance(page)).toContainText('you are owed €85.00')

      // What is exported comes back with the same balances.
      await page.getByRole('heading', { level: 1 }).getByRole('link').click()
      await page.getByRole('button', { name: /CSV/ }).scrollIntoViewIfNeeded()
      await expectAccessible(page)
      const table = page.waitForEvent('download')
      await page.getByRole('button', { name: /CSV/ }).click()
      expect((await table).suggestedFilename()).toMatch(/\.csv$/)
      const whole = page.waitForEvent('download')
      await page.getByRole('button', { name: /JSON/ }).click()
      const file = await (await whole).path()
      await page.goto('/?dialog=import')
      await dialog.getByLabel('File').setInputFiles(file)
      await expect(dialog.getByLabel('Written by')).toHaveValue('QUITS_JSON')
      await expect(balances).toHaveText([/Ada.*\+€85\.00/, /Ben.*−€85\.00/])

      // Who imports hears of its end, wherever they are meanwhile.
      await page.goto('/notifications')
      await expect(page.getByRole('main').getByRole('listitem')).toContainText(
        '2 entries of a file',
        CAUGHT_UP,
      )
    })

    test('shared expenses are picked from a bank statement', async ({ page }) => {
      await signUp(page, 'Ada')
      await page.goto('/?dialog=import')
      const dialog = page.getByRole('dialog', { name: 'Import a group' })
      const buffer = Buffer.from(STATEMENT)
      await dialog
        .getByLabel('File')
        .setInputFiles({ name: 'umsaetze.csv', mimeType: 'text/csv', buffer })
      await dialog.getByLabel('Written by').selectOption('BANK_CSV')
      const entries = dialog.getByRole('list', { name: 'What to import' })
      await expect(entries.getByRole('listitem')).toHaveText([
        /Miete.*€1,450\.00/,
        /Bäcker/,
        /Kino/,
      ])
      await dialog.getByRole('button', { name: 'None' }).click()
      await entries.getByRole('checkbox', { name: /Kino/ }).check()
      await expect(dialog.getByText('1 of 3 chosen')).toBeVisible()
      await expectAccessible(page, '[role="dialog"]')
      await dialog.getByLabel('Name of the new group').fill('Abend')
      await dialog.getByRole('button', { name: 'Import into a new group' }).click()
      await expect(page.getByRole('heading', { level: 1, name: 'Abend' })).toBeVisible()
      await expect(page.getByRole('link', { name: /Kino/ })).toBeVisible()
      await expect(page.getByRole('link', { name: /Miete|Bäcker/ })).toHaveCount(0)
    })

    test('a long import shows how far it has come', async ({ page }) => {
      test.slow()
      await signUp(page, 'Ada')
      await page.goto('/?dialog=import')
      const dialog = page.getByRole('dialog', { name: 'Import a group' })
      const buffer = Buffer.from(MANY)
      await dialog
        .getByLabel('File')
        .setInputFiles({ name: 'kaffee.csv', mimeType: 'text/csv', buffer })
      await expect(dialog.getByText('400 expenses, 0 payments, 2 people')).toBeVisible()
      await dialog.getByLabel('Name of the new group').fill('Kaffee')
      await dialog.getByRole('button', { name: 'Import into a new group' }).click()
      await expect(dialog.getByRole('progressbar', { name: 'Importing' })).toBeVisible()
      await expect(dialog.getByText(/^\d+ of 400$/)).toBeVisible()
      await expectAccessible(page, '[role="dialog"]')
      await expect(page.getByRole('heading', { level: 1, name: 'Kaffee' })).toBeVisible({
        timeout: 120_000,
      })
      await expect(ownBalance(page)).toContainText('you are owed €2,000.00')
    })
  })
}
