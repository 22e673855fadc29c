import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { registered, signIn } from './api'

const PASSWORD = 'correct horse battery staple'
let count = 0

export interface Account {
  name: string
  email: string
}

/** An account that nobody else uses, in this run or another. */
export function somebody(name: string): Account {
  const unique = `${Date.now().toString(36)}${(count++).toString(36)}`
  const local = name.toLowerCase().replaceAll(' ', '.')
  return { name, email: `${local}.${unique}@example.org` }
}

/** A browser of its own: its cookies, storage and sockets are not shared. */
export async function ownBrowser(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options)
  return context.newPage()
}

/** Signs somebody up without the app: whatever the page opens next, it opens as them. */
export async function signUp(page: Page, name: string): Promise<Account> {
  const account = somebody(name)
  await signIn(page, await registered(page.request, account))
  return account
}

/** Fills in the registration that is on the screen. */
export async function register(page: Page, { name, email }: Account): Promise<void> {
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create account' }).click()
}

/** Signs somebody up in the app, and waits for the home page. */
export async function fillInRegistration(page: Page, name: string): Promise<void> {
  await page.goto('/register')
  await register(page, somebody(name))
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible()
}

export async function logIn(page: Page, { email }: Account): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
}

/** Opens the place with the account, the theme and the way out. */
export async function openYou(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'You', exact: true }).filter({ visible: true }).click()
}
