import type { MessageDescriptor } from '@lingui/core'
import { msg, t } from '@lingui/core/macro'
import { Heart, House, PartyPopper, Plane, User, Users, type LucideIcon } from 'lucide-react'
import type { GroupKind } from '../../api/schema.generated'
import { classes } from '../../ui/classes'

const KINDS: Record<GroupKind, readonly [label: MessageDescriptor, icon: LucideIcon]> = {
  TRIP: [msg`Trip`, Plane],
  HOME: [msg({ message: 'Home', context: 'kind of group' }), House],
  COUPLE: [msg`Couple`, Heart],
  EVENT: [msg`Event`, PartyPopper],
  OTHER: [msg({ message: 'Other', context: 'kind of group' }), Users],
  DIRECT: [msg`Between two`, User],
}

/** What a person can choose; a direct group comes about by itself. */
export const CHOICES = (['TRIP', 'HOME', 'COUPLE', 'EVENT', 'OTHER'] as const).map(
  (kind) => [kind, KINDS[kind][1]] as const,
)

export function kindLabel(kind: GroupKind): string {
  return t(KINDS[kind][0])
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
