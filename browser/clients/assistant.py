"""An assistant by the official Python package: from a URL and nothing else to the result of a tool.

Prints the address a person must open, then, once they have agreed, what it came to as one line of JSON.
"""

import asyncio
import json
import sys
import time
from urllib.parse import parse_qs, urlsplit

import httpx2
from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata


class Memory:
    tokens = None
    client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


async def listen(arrived):
    """A redirect target on loopback, as desktop programs have it."""

    async def answer(reader, writer):
        line = (await reader.readline()).decode()
        query = parse_qs(urlsplit(line.split(" ")[1]).query)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\ndone")
        await writer.drain()
        writer.close()
        if "code" in query and not arrived.done():
            one = {name: values[0] for name, values in query.items()}
            arrived.set_result(AuthorizationCodeResult(code=one["code"], state=one.get("state"), iss=one.get("iss")))

    return await asyncio.start_server(answer, "127.0.0.1", 0)


async def main(url):
    arrived = asyncio.get_running_loop().create_future()
    server = await listen(arrived)
    port = server.sockets[0].getsockname()[1]

    async def show(address):
        print(address, flush=True)

    async def wait():
        return await arrived

    memory = Memory()
    provider = OAuthClientProvider(
        url,
        OAuthClientMetadata(client_name="A Python assistant", redirect_uris=[f"http://127.0.0.1:{port}/callback"]),
        memory,
        show,
        wait,
    )
    async with httpx2.AsyncClient(auth=provider, timeout=60) as http:
        async with Client(streamable_http_client(url, http_client=http)) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            found = await client.call_tool("g8_search_contacts", {"limit": 5})
            before = memory.tokens
            # An hour later.
            provider.context.token_expiry_time = time.time() - 1
            again = await client.call_tool("g8_search_contacts", {"limit": 5})
    print(json.dumps({
        "tools": tools,
        "found": found.structured_content,
        "again": again.structured_content,
        "refreshed": memory.tokens.access_token != before.access_token,
        "token": memory.tokens.access_token,
        "refresh": memory.tokens.refresh_token,
        "used_refresh": before.refresh_token,
        "client_id": memory.client.client_id,
    }), flush=True)


asyncio.run(main(sys.argv[1]))
