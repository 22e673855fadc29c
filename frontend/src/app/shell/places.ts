import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { Activity, ChartNoAxesColumn, House, User, UsersRound, type LucideIcon } from 'lucide-react'

interface Place {
  to: string
  label: MessageDescriptor
  icon: LucideIcon
}

export const HOME: Place = {
  to: '/',
  label: msg({ message: 'Home', context: 'place' }),
  icon: House,
}
export const PEOPLE: Place = { to: '/people', label: msg`People`, icon: UsersRound }
export const ACTIVITY: Place = { to: '/activity', label: msg`Activity`, icon: Activity }
export const INSIGHTS: Place = { to: '/insights', label: msg`Insights`, icon: ChartNoAxesColumn }
export const YOU: Place = { to: '/settings', label: msg`You`, icon: User }

export type { Place }
