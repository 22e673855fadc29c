import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import * as download from '../../lib/download'
import { refusal, stage } from '../../test/answering'
import { ExportGroup } from './ExportGroup'

const spy = () => vi.spyOn(download, 'saveFile').mockReturnValue()

it.each([
  ['CSV', 'Table for spreadsheets (CSV)', 'lisbon.csv', 'text/csv'],
  ['JSON', 'Everything, to import again (JSON)', 'lisbon.json', 'application/json'],
])('saves the file that the server writes as %s', async (format, button, filename, mediaType) => {
  const save = spy()
  const exportGroup = { __typename: 'Export', filename, mediaType, content: 'all of it' }
  const ExportQuery = vi.fn(() => ({ data: { exportGroup } }))
  stage(<ExportGroup groupId="g" />, { answers: { ExportGroup: ExportQuery } })
  await userEvent.click(screen.getByRole('button', { name: button }))
  await vi.waitFor(() => {
    expect(save).toHaveBeenCalledExactlyOnceWith(filename, mediaType, 'all of it')
  })
  expect(ExportQuery).toHaveBeenCalledExactlyOnceWith({ groupId: 'g', format })
})

it('says why there is no file', async () => {
  const save = spy()
  const answer = () => refusal('VALIDATION', 'At most 10,000 entries can be exported at once.')
  stage(<ExportGroup groupId="g" />, { answers: { ExportGroup: answer } })
  await userEvent.click(screen.getByRole('button', { name: /CSV/ }))
  expect(await screen.findByRole('alert')).toHaveTextContent('At most 10,000 entries')
  expect(save).not.toHaveBeenCalled()
})
