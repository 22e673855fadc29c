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

const CATEGORIES: Record<string, readonly [label: string, icon: LucideIcon]> = {
  groceries: ['Groceries', ShoppingBasket],
  dining: ['Eating out', Utensils],
  drinks: ['Drinks', Wine],
  transport: ['Transport', Bus],
  travel: ['Travel', Plane],
  home: ['Home', House],
  utilities: ['Utilities', Plug],
  entertainment: ['Entertainment', Clapperboard],
  health: ['Health', HeartPulse],
  gifts: ['Gifts', Gift],
  shopping: ['Shopping', ShoppingBag],
  other: ['Other', ReceiptText],
}

export const CATEGORY_CHOICES = Object.entries(CATEGORIES).map(
  ([id, [label]]) => [id, label] as const,
)

/** The name of a category; one that this version does not know is shown as it is. */
export function categoryLabel(category: string): string {
  const known = CATEGORIES[category.toLowerCase()]
  return known ? known[0] : category.charAt(0).toUpperCase() + category.slice(1)
}

export function CategoryIcon({ category }: { category: string }) {
  const Icon = CATEGORIES[category.toLowerCase()]?.[1] ?? ReceiptText
  return (
    <span
      aria-hidden="true"
      className="grid size-10 shrink-0 place-items-center rounded-xl bg-tile text-muted"
    >
      <Icon size={19} />
    </span>
  )
}
