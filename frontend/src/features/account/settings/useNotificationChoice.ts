import { useApolloClient } from '@apollo/client/react'
import type { SetNotificationSettingsInput } from '../../../api/schema.generated'
import { useAction } from '../../../api/useAction'
import {
  NotificationSettings,
  SetNotificationSettings,
  type NotificationSettingsQuery,
} from './documents.generated'

/** Changes which notifications the viewer gets by mail, from what was chosen before. */
export function useNotificationChoice(data: NotificationSettingsQuery) {
  const client = useApolloClient()
  const { run, busy, refusal } = useAction(SetNotificationSettings)

  async function choose(input: SetNotificationSettingsInput): Promise<void> {
    const saved = await run({ input })
    if (!saved) return
    const notificationSettings = saved.setNotificationSettings
    client.writeQuery({ query: NotificationSettings, data: { ...data, notificationSettings } })
  }

  return { choose, busy, refusal }
}
