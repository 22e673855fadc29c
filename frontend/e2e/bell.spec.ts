import { expect, test, type Page } from '@playwright/test'
import { addExpense, together } from './group'
import { ownBrowser } from './people'
import { SIZES } from './sizes'
import { cuttable } from './sockets'

// Notifications follow events, a little behind the ledger.
const CAUGHT_UP = { timeout: 25_000 }

/** The bell of the page, with this number of notifications. */
const bell = (page: Page, unread: number) =>
  page.getByRole('main').getByRole('link', {
    name: unread ? `Notifications, ${unread} not read yet` : 'Notifications',
    exact: true,
  })

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('the bell counts what came while the connection was away, and what is read elsewhere', async ({
      page,
      browser,
    }) => {
      const ben = await together(page, browser)
      const other = await ownBrowser(browser, { storageState: await ben.context().storageState() })
      const connection = await cuttable(other)
      for (const device of [ben, other]) {
        await device.goto('/activity')
        await expect(bell(device, 0)).toBeVisible()
      }
      await addExpense(page, 'Dinner', '40')
      for (const device of [ben, other]) await expect(bell(device, 1)).toBeVisible(CAUGHT_UP)

      await connection.cut()
      await expect(other.getByText('Live updates are interrupted.')).toBeVisible()
      await addExpense(page, 'Museum', '20')
      await expect(bell(ben, 2)).toBeVisible(CAUGHT_UP)
      await expect(bell(other, 1)).toBeVisible()
      connection.mend()
      await expect(bell(other, 2)).toBeVisible(CAUGHT_UP)
      const feed = other.getByRole('region', { name: 'Activity' })
      await expect(feed.getByRole('link', { name: /Museum/ })).toBeVisible()

      await bell(ben, 2).click()
      await ben.getByRole('button', { name: 'Mark all as read' }).click()
      await expect(bell(other, 0)).toBeVisible()
    })
  })
}
