import { Search } from 'lucide-react'
import type { Ref } from 'react'

interface SearchFieldProps {
  label: string
  value: string
  onChange: (text: string) => void
  field?: Ref<HTMLInputElement>
}

/** Finds in the list below it while somebody types. The key `/` leads to it. */
export function SearchField({ label, value, onChange, field }: SearchFieldProps) {
  return (
    <div className="relative">
      <Search
        size={18}
        className="pointer-events-none absolute inset-y-0 left-3.5 my-auto text-faint"
        aria-hidden="true"
      />
      <input
        ref={field}
        type="search"
        data-search
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onChange(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && value) onChange('')
        }}
        className="field pl-10.5!"
      />
    </div>
  )
}
