import { expect, it } from 'vitest'
import template from '../../../../nginx/quits.conf.template?raw'

/** The sources that the page may use for a kind of content. */
function sources(directive: string): string[] {
  const [, policy = ''] = /Content-Security-Policy "([^"]*)"/.exec(template) ?? []
  const found = policy.split(';').find((part) => part.trim().startsWith(`${directive} `))
  return found?.trim().split(' ').slice(1) ?? []
}

// What Stripe's guide asks for; the stand-in of the tests is not behind nginx.
const STRIPE = ['https://js.stripe.com', 'https://*.js.stripe.com']

it('lets the form of a card in, and nothing else from elsewhere', () => {
  expect(sources('default-src')).toEqual(["'self'"])
  expect(sources('script-src')).toEqual(["'self'", ...STRIPE])
  expect(sources('frame-src')).toEqual([...STRIPE, 'https://hooks.stripe.com'])
  expect(sources('connect-src')).toEqual(["'self'", 'https://api.stripe.com'])
})
