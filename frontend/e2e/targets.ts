import { expect, type Page } from '@playwright/test'

const CONTROLS =
  'a[href], button, summary, select, textarea, input:not([type=hidden], [type=file]), [role=option]'

/** Whatever can be touched is at least 44 px high and wide; links inside a sentence are as high as it. */
export async function expectTouchable(page: Page): Promise<void> {
  const small = await page.evaluate((controls) => {
    const LEAST = 44
    const shown = document.querySelector('[role=dialog], [role=alertdialog]') ?? document.body

    /** Whether the place around the middle of a control that takes a touch is large enough. */
    const isLarge = (node: Element, isMine: (hit: Element | null) => boolean) => {
      node.scrollIntoView({ block: 'center' })
      const { x, y, width, height } = node.getBoundingClientRect()
      const reach = (dx: number, dy: number) => {
        let steps = 0
        const hit = (step: number) =>
          document.elementFromPoint(x + width / 2 + dx * step, y + height / 2 + dy * step)
        while (steps < LEAST && isMine(hit(steps + 1))) steps++
        return steps
      }
      // Positions may be off by a fraction of a pixel on either side.
      const least = LEAST - 2
      return (
        (height >= LEAST || reach(0, 1) + reach(0, -1) >= least) &&
        (width >= LEAST || reach(1, 0) + reach(-1, 0) >= least)
      )
    }

    const isTouched = (control: Element) => {
      if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        return false
      if (control.closest('[aria-hidden=true], [inert], fieldset:disabled')) return false
      if (control.matches(':disabled')) return false
      const { width, height } = control.getBoundingClientRect()
      // What is there for screen readers only, and links in running text.
      if (width <= 1 || height <= 1) return false
      return getComputedStyle(control).display !== 'inline' || control.matches('input, select')
    }

    return [...shown.querySelectorAll(controls)].filter(isTouched).flatMap((control) => {
      const label = control.closest('label')
      const target = label ?? control
      const isMine = (hit: Element | null) =>
        hit !== null && (target.contains(hit) || hit === target)
      if (isLarge(target, isMine)) return []
      const { width, height } = target.getBoundingClientRect()
      const name = control.getAttribute('aria-label') ?? target.textContent
      return [`${control.tagName} “${name.trim()}” ${Math.round(width)} x ${Math.round(height)}`]
    })
  }, CONTROLS)
  expect(small, `at ${page.url()}`).toEqual([])
}
