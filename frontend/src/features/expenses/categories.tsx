import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import {
  Bus,
  Clapperboard,
  Gift,
  HeartPulse,
  House,
  type LucideIcon,
  Plane,
  Plug,
  ReceiptText,
  ShoppingBag,
  ShoppingBasket,
  Utensils,
  Wine,
} from 'lucide-react'
import { classes } from '../../ui/classes'
import { TINTS, type Tint } from '../../ui/tints'

const KNOWN: Record<string, readonly [label: MessageDescriptor, icon: LucideIcon, tint: Tint]> = {
  groceries: [msg`Groceries`, ShoppingBasket, 'green'],
  dining: [msg`Eating out`, Utensils, 'coral'],
  drinks: [msg`Drinks`, Wine, 'pink'],
  transport: [msg`Transport`, Bus, 'blue'],
  travel: [msg`Travel`, Plane, 'violet'],
  home: [msg`Home`, House, 'amber'],
  utilities: [msg`Utilities`, Plug, 'blue'],
  entertainment: [msg`Entertainment`, Clapperboard, 'violet'],
  health: [msg`Health`, HeartPulse, 'pink'],
  gifts: [msg`Gifts`, Gift, 'coral'],
  shopping: [msg`Shopping`, ShoppingBag, 'green'],
  other: [msg`Other`, ReceiptText, 'grey'],
}

/** What can be chosen. */
export const CATEGORIES: readonly string[] = Object.keys(KNOWN)

/** The name of a category; one that this version does not know is shown as it is. */
export function categoryLabel(category: string): string {
  const known = KNOWN[category.toLowerCase()]
  return known ? t(known[0]) : category.charAt(0).toUpperCase() + category.slice(1)
}

export function CategoryIcon({ category }: { category: string }) {
  const [, Icon, tint] = KNOWN[category.toLowerCase()] ?? [undefined, ReceiptText, 'grey' as const]
  return (
    <span
      aria-hidden="true"
      className={classes('grid size-10 shrink-0 place-items-center rounded-xl', TINTS[tint])}
    >
      <Icon size={19} />
    </span>
  )
}
