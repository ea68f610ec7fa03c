import 'uplot/dist/uPlot.min.css';
import './page.css';
import { render } from 'preact';
import { App } from './app';
import { embedded, server } from './source';

async function main(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  try {
    const data = document.getElementById('data')?.textContent;
    const source = typeof data === 'string' ? await embedded(data) : server;
    const info = await source.info();
    document.title = `${info.id}: Barometer`;
    render(<App source={source} info={info} />, root);
  } catch (error) {
    render(<p role="alert">{String(error)}</p>, root);
  }
}

void main();
