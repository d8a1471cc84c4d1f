const fail = async () => {
  await null
  throw new Error('later')
}
export default async () => {
  await fail()
}
