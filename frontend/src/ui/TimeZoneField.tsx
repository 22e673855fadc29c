import { t } from '@lingui/core/macro'
import { useMemo, type ComponentProps } from 'react'
import { SelectField } from './Field'

interface TimeZoneFieldProps extends Omit<
  ComponentProps<typeof SelectField>,
  'label' | 'children'
> {
  /** The zone that is set now. */
  chosen: string
}

/** The zones of the browser by continent; the chosen one is among them even if the browser has another name for it. */
function zonesByContinent(chosen: string): [continent: string, zones: string[]][] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', chosen])
  const continents = new Map<string, string[]>()
  for (const zone of [...zones].sort()) {
    const [continent = zone] = zone.split('/')
    continents.set(continent, [...(continents.get(continent) ?? []), zone])
  }
  return [...continents]
}

/** "Vienna" of "Europe/Vienna". */
const placeOf = (zone: string) => zone.slice(zone.indexOf('/') + 1).replaceAll('_', ' ')

export function TimeZoneField({ chosen, ...field }: TimeZoneFieldProps) {
  const continents = useMemo(() => zonesByContinent(chosen), [chosen])
  return (
    <SelectField label={t`Time zone`} {...field}>
      {continents.map(([continent, zones]) => (
        <optgroup key={continent} label={continent}>
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {placeOf(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  )
}
