import { expect, test } from '@playwright/test'
import { expectAccessible } from './axe'
import { mailedLink } from './mail'
import { ownBrowser, signUp } from './people'
import { SIZES } from './sizes'

const NEW_PASSWORD = 'another horse, another battery'

for (const [size, use] of Object.entries(SIZES)) {
  test.describe(`on a ${size}`, () => {
    test.use({ ...use, reducedMotion: 'reduce' })

    test('an address is confirmed by mail, and a forgotten password replaced', async ({
      page,
      browser,
    }) => {
      const { email } = await signUp(page, 'Ada')
      await mailedLink(email, '/confirm')
      await page.goto('/settings/email')
      await page.getByRole('button', { name: 'Send me a link' }).click()
      await expect(page.getByText('A link is on its way to you.')).toBeVisible()
      await page.goto(await mailedLink(email, '/confirm', 2))
      await expect(page.getByText('Your address is confirmed')).toBeVisible()
      await expectAccessible(page)
      await page.goto('/settings/email')
      await expect(page.getByText('Confirmed: mail of Quits reaches you here.')).toBeVisible()

      const other = await ownBrowser(browser, use)
      await other.goto('/login')
      await other.getByRole('link', { name: 'Forgot your password?' }).click()
      await expect(other.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible()
      await other.getByLabel('Email').fill(email)
      await other.getByRole('button', { name: 'Send the link' }).click()
      await expect(other.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
      await expectAccessible(other)
      const link = await mailedLink(email, '/reset')
      await other.goto(link)
      await other.getByLabel('New password').fill('too short')
      await other.getByRole('button', { name: 'Change password' }).click()
      await expect(other.getByText(/^This has 10 to \d+ characters\.$/)).toBeVisible()
      await expectAccessible(other)
      await other.getByLabel('New password').fill(NEW_PASSWORD)
      await other.getByRole('button', { name: 'Change password' }).click()
      await expect(other.getByText('Password changed. Log in with the new one.')).toBeVisible()
      await other.getByLabel('Email').fill(email)
      await other.getByLabel('Password').fill(NEW_PASSWORD)
      await other.getByRole('button', { name: 'Log in' }).click()
      await expect(other.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()

      // Every other session has ended, and the link has done its work.
      await other.goto('/settings/devices')
      const devices = other.getByRole('list', { name: 'Devices' }).getByRole('listitem')
      await expect(devices).toHaveCount(1)
      await page.goto(link)
      await page.getByLabel('New password').fill('a third horse, a third battery')
      await page.getByRole('button', { name: 'Change password' }).click()
      await expect(page.getByText(/^This link was used already/)).toBeVisible()
    })
  })
}
