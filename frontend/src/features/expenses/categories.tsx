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

const KNOWN: Record<string, readonly [label: MessageDescriptor, icon: LucideIcon]> = {
  groceries: [msg`Groceries`, ShoppingBasket],
  dining: [msg`Eating out`, Utensils],
  drinks: [msg`Drinks`, Wine],
  transport: [msg`Transport`, Bus],
  travel: [msg`Travel`, Plane],
  home: [msg`Home`, House],
  utilities: [msg`Utilities`, Plug],
  entertainment: [msg`Entertainment`, Clapperboard],
  health: [msg`Health`, HeartPulse],
  gifts: [msg`Gifts`, Gift],
  shopping: [msg`Shopping`, ShoppingBag],
  other: [msg`Other`, ReceiptText],
}

/** What can be chosen. */
export const CATEGORIES: readonly string[] = Object.keys(KNOWN)

/** The name of a category; one that this version does not know is shown as it is. */
export function categoryLabel(category: string): string {
  const known = KNOWN[category.toLowerCase()]
  return known ? t(known[0]) : category.charAt(0).toUpperCase() + category.slice(1)
}

export function CategoryIcon({ category }: { category: string }) {
  const Icon = KNOWN[category.toLowerCase()]?.[1] ?? ReceiptText
  return (
    <span
      aria-hidden="true"
      className="grid size-10 shrink-0 place-items-center rounded-xl bg-tile text-muted"
    >
      <Icon size={19} />
    </span>
  )
}
