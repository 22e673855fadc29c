import type { GroupContext } from '../../features/groups/useGroup'
import { lazyPage, type LazyPage } from '../lazyPage'

export const ExpensePanel = lazyPage<GroupContext>(
  async () => (await import('../../features/expenses/ExpenseDialog')).ExpensePanel,
)

/** The dialogs over the page of a group. */
export const GROUP_DIALOGS: Partial<Record<string, LazyPage<GroupContext>>> = {
  expense: lazyPage(
    async () => (await import('../../features/expenses/NewExpenseDialog')).NewExpenseDialog,
  ),
  draft: lazyPage(async () => (await import('../../features/drafts/DraftDialog')).DraftDialog),
  edit: lazyPage(
    async () => (await import('../../features/expenses/EditExpenseDialog')).EditExpenseDialog,
  ),
  copy: lazyPage(
    async () => (await import('../../features/expenses/CopyExpenseDialog')).CopyExpenseDialog,
  ),
  show: lazyPage(async () => (await import('../../features/expenses/ExpenseDialog')).ExpenseDialog),
  repeat: lazyPage(
    async () => (await import('../../features/schedules/RepeatDialog')).RepeatDialog,
  ),
  payment: lazyPage(
    async () => (await import('../../features/payments/NewPaymentDialog')).NewPaymentDialog,
  ),
  paid: lazyPage(async () => (await import('../../features/payments/PaymentDialog')).PaymentDialog),
  card: lazyPage(
    async () => (await import('../../features/payments/card/CardResultDialog')).CardResultDialog,
  ),
  'edit-payment': lazyPage(
    async () => (await import('../../features/payments/EditPaymentDialog')).EditPaymentDialog,
  ),
  why: lazyPage(async () => (await import('../../features/payments/why/WhyDialog')).WhyDialog),
  invite: lazyPage(async () => (await import('../../features/groups/InviteDialog')).InviteDialog),
  guest: lazyPage(async () => (await import('../../features/groups/GuestDialog')).GuestDialog),
  'add-friend': lazyPage(
    async () => (await import('../../features/groups/FriendDialog')).FriendDialog,
  ),
}

/** Those that are opened most: their code is fetched before they are. */
export const OFTEN_IN_GROUP = [
  GROUP_DIALOGS.expense,
  GROUP_DIALOGS.show,
  GROUP_DIALOGS.payment,
  ExpensePanel,
].filter((dialog) => dialog !== undefined)
