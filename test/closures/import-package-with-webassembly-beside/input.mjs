import { add, version } from 'adding'
import required from 'adding-required'

export default async () => [await add(1, 2), required.add(3, 4), version]
