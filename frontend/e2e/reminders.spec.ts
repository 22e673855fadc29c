import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { openTab, owing } from './group'
import { SIZES } from './sizes'

const AT_ONCE = { timeout: 10_000 }

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('a debtor is reminded once a day, and can mute that', async ({ page, browser }) => {
      const ben = await owing(page, browser)
      await openTab(page, 'Balances')
      const reminders = page.getByRole('region', { name: 'Reminders' })
      await reminders.getByRole('button', { name: 'Remind Ben' }).click()
      await expect(reminders).toContainText('reminded')
      await expect(reminders.getByRole('button', { name: 'Remind Ben' })).toBeHidden()
      await expectAccessible(page)

      await page.goto('/people')
      await page.getByRole('main').getByRole('link', { name: /Ben/ }).click()
      await page.getByRole('button', { name: 'Remind Ben' }).click()
      await expect(page.getByRole('alert')).toHaveText(
        'You have reminded Ben within the last day already.',
      )
      await expectAccessible(page)

      await ben.goto('/notifications')
      await ben.getByRole('link', { name: /Ada reminds you of €30\.00/ }).click(AT_ONCE)
      // It is shown at once, and counts after a reload when the server has it.
      const muted = ben.waitForResponse((answer) =>
        Boolean(answer.request().postData()?.includes('MuteReminders')),
      )
      await ben.getByRole('switch', { name: 'Reminders from Ada' }).uncheck()
      await expect(ben.getByText('You get none. Ada is not told.')).toBeVisible()
      await muted
      await ben.reload()
      await expect(ben.getByRole('switch', { name: 'Reminders from Ada' })).not.toBeChecked()
      await expectAccessible(ben)
    })
  })
}
