import type { Page } from '@playwright/test'
import type { Seeded } from './seed'

/** Every page, by the name of its picture. */
export const pagesOf = ({
  groupId,
  archived,
  expenseId,
  paymentId,
  memberId,
}: Seeded): Record<string, string> => ({
  home: '/',
  people: '/people',
  activity: '/activity',
  notifications: '/notifications',
  insights: '/insights',
  you: '/settings',
  profile: '/settings/profile',
  email: '/settings/email',
  password: '/settings/password',
  'second-step': '/settings/second-step',
  devices: '/settings/devices',
  'delete-account': '/settings/delete',
  'notification-settings': '/settings/notifications',
  'pay-handles': '/settings/pay-handles',
  blocked: '/settings/blocked',
  expenses: '/expenses',
  payments: '/payments',
  add: '/?dialog=add',
  'new-group': '/?dialog=group',
  import: '/?dialog=import',
  friend: '/people?dialog=friend',
  group: `/groups/${groupId}`,
  'group-balances': `/groups/${groupId}/balances`,
  'group-insights': `/groups/${groupId}/insights`,
  'group-activity': `/groups/${groupId}/activity`,
  'group-settings': `/groups/${groupId}/settings`,
  'group-archived': `/groups/${archived.groupId}`,
  'expense-archived': `/groups/${archived.groupId}?dialog=show&expense=${archived.expenseId}`,
  'expense-new': `/groups/${groupId}?dialog=expense`,
  'expense-edit': `/groups/${groupId}?dialog=edit&expense=${expenseId}`,
  'expense-copy': `/groups/${groupId}?dialog=copy&expense=${expenseId}`,
  'expense-repeat': `/groups/${groupId}?dialog=repeat&expense=${expenseId}`,
  'payment-new': `/groups/${groupId}?dialog=payment`,
  invite: `/groups/${groupId}?dialog=invite`,
  payment: `/groups/${groupId}/balances?dialog=paid&payment=${paymentId}`,
  'payment-edit': `/groups/${groupId}/balances?dialog=edit-payment&payment=${paymentId}`,
  why: `/groups/${groupId}/balances?dialog=why&member=${memberId}&currency=EUR`,
  'add-friend': `/groups/${groupId}/settings?dialog=add-friend`,
  guest: `/groups/${groupId}?dialog=guest`,
  'no-group': '/groups/unknown',
  'not-found': '/nowhere',
})

export const SIGNED_OUT = ['login', 'register', 'forgot', 'reset', 'confirm', 'join']

/** Waits until nothing is loading any more and the fonts are there. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('main, dialog') &&
      !document.querySelector('[role="status"][aria-label], .animate-breathe, .card:empty'),
  )
  // On a phone a dialog waits, unseen, for the keyboard that its first field may open.
  await page.waitForFunction(() => {
    const sheet = document.querySelector('.sheet-backdrop')
    return !sheet || (getComputedStyle(sheet).opacity === '1' && !sheet.matches('[style*="clip"]'))
  })
  await page.evaluate(() => document.fonts.ready)
}
