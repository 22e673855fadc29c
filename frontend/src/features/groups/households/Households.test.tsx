import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { stage, type Answers } from '../../../test/answering'
import { contextOf, lisbon, type Lisbon } from '../../../test/group'
import type { GroupLiveFragment } from '../documents.generated'
import { useLiveGroup, usePeople } from '../useGroup'
import { Households } from './Households'

const couple = {
  __typename: 'Household',
  id: 'h',
  name: 'The Millers',
  members: [{ id: 'ada' }, { id: 'ben' }],
} as unknown as GroupLiveFragment['households'][number]

const show = (group: Lisbon, answers: Answers = {}) =>
  stage(<Households />, { context: contextOf(group), answers })

/** What the cache knows of the households, as the page of the group shows it. */
function Known() {
  const { group } = useLiveGroup('g')
  usePeople(group)
  return <output>{group?.households.map(({ name }) => name).join()}</output>
}

describe('Households', () => {
  it('are offered while two are in none', () => {
    show(lisbon())
    expect(screen.getByRole('button', { name: 'Add a household' })).toBeInTheDocument()
  })

  it('are not offered when nobody is left, and can be changed', async () => {
    show(lisbon({ households: [couple] }))
    expect(screen.queryByRole('button', { name: 'Add a household' })).not.toBeInTheDocument()
    await userEvent.click(screen.getByRole('button', { name: 'Edit The Millers' }))
    const boxes = within(screen.getByRole('dialog')).getAllByRole('checkbox')
    expect(boxes).toHaveLength(2)
    for (const box of boxes) expect(box).toBeChecked()
  })

  it('need two, and are there as soon as they are saved', async () => {
    const saved = lisbon({ households: [couple], version: 4 })
    const CreateHousehold = vi.fn(() => ({ data: { createHousehold: saved } }))
    stage(
      <>
        <Households />
        <Known />
      </>,
      {
        context: contextOf(),
        answers: { CreateHousehold, GroupPage: () => ({ data: { group: lisbon() } }) },
      },
    )
    await userEvent.click(screen.getByRole('button', { name: 'Add a household' }))
    await userEvent.type(screen.getByLabelText('Name'), 'The Millers')
    await userEvent.click(screen.getByRole('checkbox', { name: 'Ada' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('Choose at least two.')).toBeInTheDocument()
    await userEvent.click(screen.getByRole('checkbox', { name: 'Ben' }))
    await userEvent.click(screen.getByRole('button', { name: 'Save' }))
    expect(await screen.findByText('The Millers', { selector: 'output' })).toBeInTheDocument()
    const input = { groupId: 'g', name: 'The Millers', memberIds: ['ada', 'ben'] }
    expect(CreateHousehold).toHaveBeenCalledExactlyOnceWith(input)
  })
})
