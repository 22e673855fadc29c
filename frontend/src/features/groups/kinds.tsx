import { Heart, House, PartyPopper, Plane, User, Users, type LucideIcon } from 'lucide-react'
import type { GroupKind } from '../../api/schema.generated'
import { classes } from '../../ui/classes'

const KINDS: Record<GroupKind, readonly [label: string, icon: LucideIcon]> = {
  TRIP: ['Trip', Plane],
  HOME: ['Home', House],
  COUPLE: ['Couple', Heart],
  EVENT: ['Event', PartyPopper],
  OTHER: ['Other', Users],
  DIRECT: ['Between two', User],
}

/** What a person can choose; a direct group comes about by itself. */
export const CHOICES = (['TRIP', 'HOME', 'COUPLE', 'EVENT', 'OTHER'] as const).map(
  (kind) => [kind, KINDS[kind][0], KINDS[kind][1]] as const,
)

export function kindLabel(kind: GroupKind): string {
  return KINDS[kind][0]
}

export function KindIcon({ kind, small = false }: { kind: GroupKind; small?: boolean }) {
  const Icon = KINDS[kind][1]
  return (
    <span
      aria-hidden="true"
      className={classes(
        'grid shrink-0 place-items-center bg-brand-soft text-brand',
        small ? 'size-8 rounded-lg' : 'size-11 rounded-xl',
      )}
    >
      <Icon size={small ? 16 : 21} />
    </span>
  )
}
