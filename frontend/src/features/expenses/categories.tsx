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
import { useCustomCategories } from './customCategories/context'
import type { CustomCategoryFragment } from './customCategories/documents.generated'
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

/** The name of a category that every group has; any other one is shown as it is. */
export function categoryLabel(category: string): string {
  const known = KNOWN[category.toLowerCase()]
  return known ? t(known[0]) : category.charAt(0).toUpperCase() + category.slice(1)
}

/** The name of a category, also of one that the group on the screen has added. */
export function useCategoryLabel(): (category: string) => string {
  const custom = useCustomCategories()
  return (category) => custom.find(({ key }) => key === category)?.name ?? categoryLabel(category)
}

/** What can be chosen: what the group has added first, and in any case what is chosen already. */
export function useCategoryChoices(chosen = ''): readonly string[] {
  const keys = [...useCustomCategories().map(({ key }) => key), ...Object.keys(KNOWN)]
  return !chosen || keys.includes(chosen) ? keys : [chosen, ...keys]
}

const TILE = 'grid size-10 shrink-0 place-items-center rounded-xl'

export function CategoryIcon({ category }: { category: string }) {
  const custom = useCustomCategories().find(({ key }) => key === category)
  if (custom) return <CustomIcon custom={custom} />
  const [, Icon, tint] = KNOWN[category.toLowerCase()] ?? [undefined, ReceiptText, 'grey' as const]
  return (
    <span aria-hidden="true" className={classes(TILE, TINTS[tint])}>
      <Icon size={19} />
    </span>
  )
}

/** An emoji on a soft ground of the colour; the first letter where the icon is only named. */
function CustomIcon({ custom: { name, icon, colour } }: { custom: CustomCategoryFragment }) {
  return (
    <span
      aria-hidden="true"
      className={TILE}
      style={{ backgroundColor: `color-mix(in oklab, ${colour} 25%, transparent)` }}
    >
      {/^[\w-]+$/.test(icon) ? name.slice(0, 1) : icon}
    </span>
  )
}
