import { expect, it } from 'vitest'
import { whyNotEditable } from './editing'

it('names those who can change what others entered', () => {
  const say = (expenseEditing: 'ALL' | 'INVOLVED' | 'OWN', archivedAt: string | null = null) =>
    whyNotEditable({ expenseEditing, archivedAt })
  expect(say('OWN')).toBe('Whoever entered it, an owner or an admin can change it.')
  expect(say('INVOLVED')).toBe(
    'Whoever entered, pays or shares it, an owner or an admin can change it.',
  )
  expect(say('ALL')).toMatch(/^Everybody in the group can change it now/)
  for (const editing of ['ALL', 'INVOLVED', 'OWN'] as const)
    expect(say(editing, '2026-11-30T09:00:00Z')).toMatch(/^This group is archived/)
})
