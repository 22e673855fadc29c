import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { addExpense, groupPath, together } from './group'
import { SIZES } from './sizes'

// The feed follows events, a little behind the ledger.
const CAUGHT_UP = { timeout: 25_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('what happens appears by itself, is set apart while it is new, and can be narrowed', async ({
      page,
      browser,
    }) => {
      const ben = await together(page, browser)
      const path = `${groupPath(ben)}/activity`
      await ben.goto(path)
      const feed = ben.getByRole('region', { name: 'Activity' })
      await expect(feed).toContainText('created the group', CAUGHT_UP)
      await addExpense(page, 'Dinner', '40')
      await expect(feed.getByRole('link', { name: /Dinner/ })).toBeVisible({ timeout: 10_000 })
      await ben.goto('/')

      await addExpense(page, 'Museum', '20')
      await ben.goto(path)
      await expect(feed).toContainText(
        /New since you last looked.*Museum.*Seen before.*Dinner/,
        CAUGHT_UP,
      )
      await expectAccessible(ben)
      await ben.getByLabel('What', { exact: true }).selectOption({ label: 'People and the group' })
      await expect(feed.getByRole('link', { name: /Dinner/ })).toHaveCount(0)
      await expect(feed).toContainText('created the group')
      await ben.getByLabel('Who', { exact: true }).selectOption({ label: 'You' })
      await expect(feed).not.toContainText('created the group')
      await expect(ben).toHaveURL(/\?topic=MEMBERS&member=/)
      await expectAccessible(ben)
    })
  })
}
