import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { refusal, stage } from '../../test/answering'
import { euro } from '../../test/expense'
import * as download from '../../lib/download'
import { GroupDownloads, OwnDownloads } from './Downloads'

const spy = () => vi.spyOn(download, 'saveFile').mockReturnValue()

const byMonth = ['2026-09', '2026-10', '2026-11'].map(
  (month) => ({ __typename: 'MonthTotal', month, total: euro('1.00') }) as never,
)

it('saves the statement of the month that is chosen, the latest at first', async () => {
  const save = spy()
  const GroupStatement = vi.fn(() => ({
    data: {
      groupStatement: {
        __typename: 'StatementFile',
        filename: 'quits-statement-2026-11.pdf',
        mediaType: 'application/pdf',
        contentBase64: btoa('%PDF-'),
      },
    },
  }))
  stage(<GroupDownloads groupId="g" byMonth={byMonth} />, { answers: { GroupStatement } })
  await userEvent.click(screen.getByRole('button', { name: 'To print (PDF)' }))
  await vi.waitFor(() => {
    expect(save).toHaveBeenCalledExactlyOnceWith(
      'quits-statement-2026-11.pdf',
      'application/pdf',
      expect.anything(),
    )
  })
  expect(String.fromCharCode(...(save.mock.lastCall?.[2] as Uint8Array))).toBe('%PDF-')
  expect(GroupStatement).toHaveBeenLastCalledWith({
    groupId: 'g',
    month: '2026-11',
    locale: 'en-US',
  })
  await userEvent.selectOptions(screen.getByLabelText('Statement of a month'), 'September 2026')
  await userEvent.click(screen.getByRole('button', { name: 'To print (PDF)' }))
  await vi.waitFor(() => {
    expect(GroupStatement).toHaveBeenLastCalledWith({
      groupId: 'g',
      month: '2026-09',
      locale: 'en-US',
    })
  })
})

it('says why there is no statement', async () => {
  const save = spy()
  const answer = () => refusal('VALIDATION', 'The month has more expenses than a statement lists.')
  stage(<GroupDownloads groupId="g" byMonth={byMonth} />, { answers: { GroupStatement: answer } })
  await userEvent.click(screen.getByRole('button', { name: 'To print (PDF)' }))
  expect(await screen.findByRole('alert')).toHaveTextContent('more expenses than a statement lists')
  expect(save).not.toHaveBeenCalled()
})

it('saves the own report of the time on the screen as a table', async () => {
  const save = spy()
  const ReportFile = vi.fn(() => ({
    data: {
      reportFile: {
        __typename: 'ReportFile',
        filename: 'quits-report.csv',
        mediaType: 'text/csv',
        content: 'Part,Name',
      },
    },
  }))
  stage(<OwnDownloads from="2026-01-01" />, { answers: { ReportFile } })
  await userEvent.click(screen.getByRole('button', { name: 'Report as a table (CSV)' }))
  await vi.waitFor(() => {
    expect(save).toHaveBeenCalledExactlyOnceWith('quits-report.csv', 'text/csv', 'Part,Name')
  })
  expect(ReportFile).toHaveBeenCalledExactlyOnceWith({ from: '2026-01-01' })
})
