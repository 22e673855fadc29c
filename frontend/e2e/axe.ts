import { expect, type Page } from '@playwright/test'
import axe, { type AxeResults } from 'axe-core'

interface WithAxe {
  axe: { run: (context: Document | Element | string) => Promise<AxeResults> }
}

/**
 * Whatever can be found by looking at the page, or a part of it: labels, roles, contrast.
 *
 * A page that is still loading has no heading yet, so the check waits for one.
 *
 * Under a modal dialog only the dialog is looked at: the page is hidden from everybody, and axe takes it for a page
 * without landmarks where it does not notice the dialog.
 */
export async function expectAccessible(page: Page, part?: string): Promise<void> {
  await page.locator('h1').first().waitFor({ state: 'attached' })
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate((selector) => {
    const hidden = document.querySelector('main')?.closest('[aria-hidden=true], [inert]')
    const dialog = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1)
    const shown = hidden && dialog ? dialog : document
    return (window as unknown as WithAxe).axe.run(selector ?? shown)
  }, part)
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`)
  expect(found, `at ${page.url()}`).toEqual([])
}
