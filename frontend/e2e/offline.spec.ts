import { expect, test, type Page } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, createGroup, ownBalance } from './group'
import { openYou, signUp } from './people'
import { SIZES } from './sizes'

test.use({ serviceWorkers: 'allow' })

/** Until the service worker has kept the app, and the last answers are kept too. */
async function keptForLater(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready)
  await expect
    .poll(() =>
      page.evaluate(
        () =>
          new Promise<boolean>((resolve) => {
            const opening = indexedDB.open('keyval-store')
            // Opened before the app did, it would be made here without what the app keeps in it.
            opening.onupgradeneeded = () => opening.transaction?.abort()
            opening.onerror = () => {
              resolve(false)
            }
            opening.onsuccess = () => {
              const database = opening.result
              if (!database.objectStoreNames.contains('keyval')) {
                resolve(false)
                return
              }
              const asked = database.transaction('keyval').objectStore('keyval').getAll()
              asked.onsuccess = () => {
                database.close()
                const kept = JSON.stringify(asked.result)
                // The expense, and what it makes Ben owe.
                resolve(kept.includes('Dinner') && kept.includes('-15.00'))
              }
            }
          }),
      ),
    )
    .toBe(true)
}

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('without a network the app opens and shows what was last seen', async ({
      page,
      context,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await addExpense(page, 'Dinner', '30')
      await expect(page.getByRole('link', { name: /Dinner/ })).toBeVisible()
      await keptForLater(page)

      await context.setOffline(true)
      await expect(page.getByText('You are offline.')).toBeVisible()
      await page.reload()
      await expect(page.getByRole('heading', { level: 1, name: 'Lisbon' })).toBeVisible()
      await expect(page.getByRole('link', { name: /Dinner/ })).toBeVisible()
      await expect(ownBalance(page)).toContainText('you are owed €15.00')
      await expectAccessible(page)

      await context.setOffline(false)
      await expect(page.getByText('You are offline.')).toBeHidden()
      await expect(page.getByText('live', { exact: true })).toBeVisible()
    })

    test('what was seen is gone with the session', async ({ page, context }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await addExpense(page, 'Dinner', '30')
      await keptForLater(page)
      await page.goto('/')
      await openYou(page)
      await page.getByText('Log out').click()
      await expect(page).toHaveURL(/\/login/)
      await context.setOffline(true)
      await page.goto('/')
      await expect(page).toHaveURL(/\/login/)
      await expect(page.getByText('Lisbon')).toHaveCount(0)
    })

    test('an expense written offline waits, is changed there, and is sent once', async ({
      page,
      context,
    }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await expect(page.getByText('live', { exact: true })).toBeVisible()
      await page.evaluate(() => navigator.serviceWorker.ready)
      await context.setOffline(true)

      await page.getByRole('link', { name: 'Add expense' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add an expense' })
      await dialog.getByLabel('What was it for?').fill('Taxi')
      await dialog.getByLabel('Amount', { exact: true }).fill('20')
      await dialog.getByRole('button', { name: 'Save offline, send later' }).click()
      const waiting = page.getByRole('region', { name: 'Waiting to be sent' })
      await expect(waiting.getByRole('link', { name: /Taxi/ })).toContainText('€20.00')

      await expectAccessible(page)

      await waiting.getByRole('link', { name: /Taxi/ }).click()
      const edit = page.getByRole('dialog', { name: 'Waiting to be sent' })
      await edit.getByLabel('Amount', { exact: true }).fill('24')
      await edit.getByRole('button', { name: 'Save offline, send later' }).click()
      await expect(waiting.getByRole('link', { name: /Taxi/ })).toContainText('€24.00')

      await context.setOffline(false)
      await expect(waiting).toBeHidden()
      await expect(ownBalance(page)).toContainText('you are owed €12.00')
      await page.reload()
      await expect(page.getByRole('link', { name: /Taxi/ })).toHaveCount(1)
    })

    test('a form that was left is offered again', async ({ page }) => {
      await signUp(page, 'Ada')
      await createGroup(page, 'Lisbon', ['Ben'])
      await page.getByRole('link', { name: 'Add expense' }).click()
      const dialog = page.getByRole('dialog', { name: 'Add an expense' })
      await dialog.getByLabel('What was it for?').fill('Museum')
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await page.getByRole('link', { name: 'Add expense' }).click()
      await expect(dialog.getByLabel('What was it for?')).toHaveValue('Museum')
      await dialog.getByRole('button', { name: 'Start over' }).click()
      await expect(dialog.getByLabel('What was it for?')).toHaveValue('')
    })
  })
}

test('the app can be installed', async ({ page, request }) => {
  await page.goto('/login')
  const address = await page.locator('link[rel=manifest]').getAttribute('href')
  const manifest = (await (await request.get(address ?? '')).json()) as {
    name: string
    display: string
    icons: { src: string; sizes: string; type: string }[]
  }
  expect(manifest).toMatchObject({ name: 'Quits', display: 'standalone' })
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(
    expect.arrayContaining(['192x192', '512x512']),
  )
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(src)
    expect(icon.ok(), src).toBe(true)
    expect(icon.headers()['content-type'], src).toContain(type)
  }
})
