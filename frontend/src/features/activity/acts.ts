import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import {
  BellRing,
  FileDown,
  Gauge,
  HandCoins,
  Link,
  MessageSquare,
  ReceiptText,
  Repeat,
  UserPlus,
  Users,
  type LucideIcon,
} from 'lucide-react'
import { unmask } from '../../api/fragments'
import type { ClaimStep } from '../../api/schema.generated'
import type { ActivityMemberFragment, ActivityRowFragment } from './documents.generated'

type Act = readonly [icon: LucideIcon, done: MessageDescriptor]

/** Somebody reminded the viewer of what is to be paid. */
export const REMINDED = 'payment.reminded'

/** What can happen in a group or between two people, by the kind of event. */
const ACTS: Record<string, Act> = {
  'group.created': [Users, msg`created the group`],
  'group.member_joined': [Users, msg`added to the group`],
  'group.member_left': [Users, msg`removed from the group`],
  'import.finished': [FileDown, msg`imported`],
  'group.invite_created': [Link, msg`invited by link`],
  'group.invite_revoked': [Link, msg`withdrew a link`],
  'expense.created': [ReceiptText, msg`added`],
  'expense.updated': [ReceiptText, msg`changed`],
  'expense.deleted': [ReceiptText, msg`deleted`],
  'expense.restored': [ReceiptText, msg`restored`],
  'expense.commented': [MessageSquare, msg`commented`],
  'payment.processed': [HandCoins, msg`recorded`],
  'payment.updated': [HandCoins, msg`changed`],
  'payment.confirmed': [HandCoins, msg`confirmed`],
  'payment.disputed': [HandCoins, msg`disputed`],
  'payment.voided': [HandCoins, msg`withdrawn`],
  'payment.refunded': [HandCoins, msg`money returned`],
  'payment.dispute_ended': [HandCoins, msg`dispute settled`],
  [REMINDED]: [BellRing, msg`reminded you`],
  'friendship.requested': [UserPlus, msg`asks to be your friend`],
  'friendship.began': [UserPlus, msg`is your friend now`],
  'budget.near': [Gauge, msg`budget nearly spent`],
  'budget.reached': [Gauge, msg`budget spent`],
}

/** What happens to somebody who takes the place of a guest. */
const CLAIMS: Record<ClaimStep, Act> = {
  MADE: [UserPlus, msg`joined`],
  REQUESTED: [UserPlus, msg`asks to join the group`],
  APPROVED: [UserPlus, msg`let into the group`],
  UNDONE: [UserPlus, msg`undid that somebody joined as a guest`],
}

/** What somebody did about themselves. */
const OWN_ACTS: Record<string, Act> = {
  'group.member_joined': [Users, msg`joined`],
  'group.member_left': [Users, msg`left`],
}

/** What a schedule entered. */
const RECURRING: Record<string, Act> = {
  'expense.created': [Repeat, msg`entered as planned`],
}

/** What others say they paid to the viewer, who knows whether it came. */
const TO_CONFIRM: Record<string, Act> = {
  'payment.processed': [HandCoins, msg`recorded, confirm it once it has come`],
}

/** The icon and the word for what was done; undefined for what this version does not know. */
export function actOf(
  { type, actor, member, receiver, claim, recurring }: ActivityRowFragment,
  viewer?: string | null,
): Act | undefined {
  const to = unmask<ActivityMemberFragment>(receiver)?.user?.id
  if (viewer && to === viewer && actor && actor.id !== viewer && TO_CONFIRM[type]) {
    return TO_CONFIRM[type]
  }
  if (claim) return CLAIMS[claim.step]
  if (recurring && RECURRING[type]) return RECURRING[type]
  const own = actor && unmask<ActivityMemberFragment>(member)?.user?.id === actor.id
  return (own ? OWN_ACTS[type] : undefined) ?? ACTS[type]
}
