import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { stage } from '../../../test/answering'
import * as download from '../../../lib/download'
import { DataExport } from './DataExport'

afterEach(() => vi.restoreAllMocks())

it('saves the account together with budgets and notification settings in one file', async () => {
  const saved = vi.spyOn(download, 'saveFile').mockReturnValue()
  const ExportMyData = () => ({
    data: {
      exportMyData: {
        __typename: 'PersonalData',
        filename: 'quits-2026-11-30.json',
        mediaType: 'application/json',
        content: '{"account":{"email":"ada@example.org"}}',
      },
      me: {
        __typename: 'User',
        id: 'ada',
        budgets: [
          {
            __typename: 'Budget',
            id: 'food',
            category: 'groceries',
            limit: { __typename: 'Money', amount: '300.00', currency: 'EUR' },
          },
        ],
      },
      notificationSettings: {
        __typename: 'NotificationSettings',
        mailIsOn: true,
        pushDevices: 2,
        kinds: [],
        groups: [],
        quietHours: { __typename: 'QuietHours', from: '22:00', to: '07:00' },
      },
    },
  })
  stage(<DataExport />, { answers: { ExportMyData } })
  await userEvent.click(screen.getByRole('button', { name: 'Save my data' }))

  const [filename, mediaType, content] = saved.mock.lastCall ?? []
  expect([filename, mediaType]).toEqual(['quits-2026-11-30.json', 'application/json'])
  expect(JSON.parse(content as string)).toEqual({
    account: { email: 'ada@example.org' },
    budgets: [{ id: 'food', category: 'groceries', limit: { amount: '300.00', currency: 'EUR' } }],
    notificationSettings: {
      mailIsOn: true,
      pushDevices: 2,
      kinds: [],
      groups: [],
      quietHours: { from: '22:00', to: '07:00' },
    },
  })
})
