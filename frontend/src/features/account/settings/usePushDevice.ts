import { useApolloClient } from '@apollo/client/react'
import { i18n } from '@lingui/core'
import { useEffect, useState } from 'react'
import { useAction } from '../../../api/useAction'
import { canPush, endPush, pushDevice, startPush } from '../../../lib/push'
import {
  AddPushDevice,
  NotificationSettings,
  RemovePushDevice,
  type NotificationSettingsQuery,
} from './documents.generated'

type PushState = 'impossible' | 'busy' | 'off' | 'on' | 'denied'

/** Whether this browser is registered for notifications, and how to change that. */
export function usePushDevice(data: NotificationSettingsQuery, pushKey: string) {
  const client = useApolloClient()
  const adding = useAction(AddPushDevice)
  const removing = useAction(RemovePushDevice)
  const [state, setState] = useState<PushState>(canPush() ? 'busy' : 'impossible')

  useEffect(() => {
    if (!canPush()) return
    void pushDevice().then((device) => {
      setState(device ? 'on' : 'off')
    })
  }, [])

  function keep(notificationSettings: NotificationSettingsQuery['notificationSettings']): void {
    client.writeQuery({ query: NotificationSettings, data: { ...data, notificationSettings } })
  }

  async function start(): Promise<void> {
    setState('busy')
    const device = await startPush(pushKey).catch(() => undefined)
    if (!device) {
      setState('denied')
      return
    }
    const saved = await adding.run({ input: { ...device, locale: i18n.locale } })
    if (saved) keep(saved.addPushDevice)
    else await endPush()
    setState(saved ? 'on' : 'off')
  }

  async function end(): Promise<void> {
    setState('busy')
    const device = await pushDevice()
    await endPush()
    setState('off')
    const saved = device && (await removing.run({ endpoint: device.endpoint }))
    if (saved) keep(saved.removePushDevice)
  }

  return { state, refusal: adding.refusal ?? removing.refusal, start, end }
}
