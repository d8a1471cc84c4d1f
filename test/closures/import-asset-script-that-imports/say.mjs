export const say = () => console.log('hi')
